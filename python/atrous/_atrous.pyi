"""The native half: both C APIs, without NumPy."""

from collections.abc import Callable, Sequence

from typing_extensions import Buffer  # of collections.abc from 3.12 on

__version__: str

class Error(Exception): ...
class CompileError(Error): ...
class InputError(Error): ...

class LoadedModel:
    def __init__(self, path: str, threads: int) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def cpu(self) -> str: ...
    @property
    def inputs(self) -> list[tuple[str, list[int | str], str]]: ...
    @property
    def outputs(self) -> list[tuple[str, list[int | str], str]]: ...
    @property
    def layers(self) -> str: ...
    @property
    def num_layers(self) -> int: ...
    def run(
        self,
        inputs: Sequence[Buffer],
        outputs: Sequence[Buffer | None],
        shapes: Sequence[Sequence[int]],
        times: Buffer | None,
    ) -> list[tuple[bytearray, list[int]] | None]: ...

def compile(
    *,
    input_path: str | None,
    input_bytes: bytes | None,
    data_folder: str | None,
    output_path: str,
    write_header: bool,
    temporary: bool,
    threads: int,
    jobs: int,
    cpu: str,
    emit: str,
    shapes: list[str],
    shape_hints: list[str],
    winograd: str,
    memory: str,
    profile: bool,
    tune: bool,
    save_stages: str | None,
    cache_dir: str | None,
    verbose: bool,
    progress: Callable[[str, int, int], None] | None,
) -> None: ...
