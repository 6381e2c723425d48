"""Configuration of lit, the runner of the FileCheck tests.

build/bin/atrous-lit calls lit with the parameters read here.
"""
import os

import lit.formats

build = lit_config.params["build"]
llvm_tools = lit_config.params["llvm_tools"]

config.name = "Atrous"
config.test_format = lit.formats.ShTest(False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
config.test_exec_root = os.path.join(build, "test")

config.environment["PATH"] = os.pathsep.join(
    [os.path.join(build, "bin"), llvm_tools, os.environ.get("PATH", "")]
)
config.environment["PYTHONPATH"] = os.path.join(build, "python")
config.environment["ATROUS_CACHE_DIR"] = ""
# A CHECK prefix that matches nothing is a mistake, and a variable captured in
# one function must not leak into the next.
config.environment["FILECHECK_OPTS"] = (
    "-enable-var-scope --allow-unused-prefixes=false"
)
config.substitutions.append(("%build", build))
config.substitutions.append(("%python", lit_config.params["python"]))

# Test data beside the repository; tests that need it say "REQUIRES: shared".
root = os.path.dirname(config.test_source_root)
shared = os.environ.get("ATROUS_SHARED", os.path.join(root, "..", "shared"))
if os.path.isdir(os.path.join(shared, "models")):
    config.available_features.add("shared")
    config.substitutions.append(("%shared", os.path.abspath(shared)))
