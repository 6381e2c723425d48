//===- Run.cpp - atrous run -----------------------------------------------===//

#include "tools/atrous/Session.h"
#include "tools/atrous/Verbs.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>

using namespace atrous;
namespace cl = llvm::cl;

cl::SubCommand &atrous::getRunCommand() {
  static cl::SubCommand command("run", "Run a model on arrays");
  return command;
}

#define VERB cl::sub(getRunCommand()), cl::cat(getCategory())

static cl::opt<std::string> model(cl::Positional, VERB, cl::Required,
                                  cl::desc("MODEL(.onnx|.so)"));
static cl::list<std::string>
    inputFlag("input", VERB, cl::value_desc("name=x.npy|in.npz"),
              cl::desc("An input, or a .npz of inputs by name"));
static cl::opt<std::string> output("output", VERB,
                                   cl::value_desc("out.npz|y.npy"),
                                   cl::desc("Where the outputs go"));
static cl::opt<unsigned> iterations(
    "iterations", VERB, cl::init(1), cl::value_desc("n"),
    cl::desc("Run so many times after one warm-up, print the times"));
static cl::alias iterationsAlias("n", cl::cat(getCategory()),
                                 cl::aliasopt(iterations),
                                 cl::desc("Alias for --iterations"));

/// The line that users of trtexec grep for.
static void printTimes(std::vector<double> times) {
  llvm::sort(times);
  double sum = 0;
  for (double time : times)
    sum += time;
  double mean = sum / times.size();
  auto percentile = [&](double part) {
    return times[static_cast<size_t>(part * (times.size() - 1))];
  };
  llvm::outs() << llvm::formatv(
      "Throughput: {0:f2} qps\nLatency: min = {1:f3} ms, max = {2:f3} ms, "
      "mean = {3:f3} ms, median = {4:f3} ms, percentile(90%) = {5:f3} ms\n",
      1000 / mean, times.front(), times.back(), mean, percentile(0.5),
      percentile(0.9));
}

namespace {
/// The options, copied: the linker, run in process, resets those of llvm::cl.
struct Request {
  std::string model = ::model, output = ::output;
  std::vector<std::string> inputs{inputFlag.begin(), inputFlag.end()};
  unsigned iterations = ::iterations;
};
} // namespace

static atrous_status setInputs(const Request &request, Session &session) {
  if (!request.inputs.empty() || session.table().num_inputs == 0)
    return session.readInputs(request.inputs);
  llvm::errs() << "note: no --input given; running on made-up numbers\n";
  return session.makeInputs();
}

static atrous_status timeRuns(Session &session, unsigned iterations) {
  std::vector<double> times;
  for (unsigned i = 0; i < iterations; ++i) {
    auto start = std::chrono::steady_clock::now();
    if (atrous_status status = session.run())
      return status;
    std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - start;
    times.push_back(elapsed.count());
  }
  printTimes(times);
  return ATROUS_OK;
}

atrous_status atrous::runRun() {
  Request request;
  Session session;
  if (atrous_status status = session.load(request.model))
    return status;
  if (atrous_status status = setInputs(request, session))
    return status;
  if (atrous_status status = session.run())
    return status;
  if (request.iterations > 1)
    if (atrous_status status = timeRuns(session, request.iterations))
      return status;
  return request.output.empty() ? ATROUS_OK
                                : session.writeOutputs(request.output);
}
