"""The common parts of the Python peers of @shoal/bench: one JSON request a line on stdin, one JSON answer a line on stdout.

Arrays travel as .npy files, so that everybody computes on the same bytes. Only the work itself is timed: not the
imports, not the reading of files, not the writing of results.
"""

import importlib
import json
import signal
import sys
import time
import warnings

# Ctrl-C reaches the whole process group; the bench ends this process itself.
signal.signal(signal.SIGINT, signal.SIG_IGN)
warnings.simplefilter("ignore")
# Output of a library must not get between the answers.
answers, sys.stdout = sys.stdout, sys.stderr

arrays = {}


def module(name):
    try:
        return importlib.import_module(name)
    except Exception:  # A module that is there but broken is as good as absent.
        return None


np = module("numpy")


def array(path):
    if path not in arrays:
        arrays[path] = np.load(path)
    return arrays[path]


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def serve(*operations, forget):
    """Answers requests for the operations, by their functions' names, until stdin ends."""

    def forget_arrays(request):
        arrays.clear()
        forget()
        return {}

    by_name = {operation.__name__: operation for operation in operations}
    by_name["forget"] = forget_arrays
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = by_name[request["operation"]](request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps({"id": request["id"], **answer}) + "\n")
        answers.flush()
