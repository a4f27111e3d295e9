"""What serve.js does, for Python: the job of this process and its JSON commands."""

import json
import platform
import resource
import sys
import time

import numpy as np


def read_job():
    with open(sys.argv[1]) as file:
        return json.load(file)


def read_data(data):
    return [
        np.fromfile(file["path"], file["dtype"]).reshape(file["shape"])
        for file in (data["inputs"], data["targets"])
    ]


def checked_rows(workload):
    batch, rows = workload["batch"], workload["rows"]
    return slice(batch, min(10 * batch, rows - rows % batch))


def serve(contender, versions):
    versions = {"python": platform.python_version(), "numpy": np.__version__, **versions}
    say({"ready": True, "loss": contender.first_step(), "versions": versions})
    for line in sys.stdin:
        command = json.loads(line)
        if command["do"] == "quit":
            break
        say(answer(contender, command))


def answer(contender, command):
    match command["do"]:
        case "check":
            return {"loss": contender.check()}
        case "train":
            return timed("steps", lambda: contender.train(command["seconds"]))
        case "predict":
            return timed("rows", lambda: contender.predict(command["seconds"]))
        case "memory":
            return {"bytes": peak_bytes()}
        case other:
            raise ValueError(f"unknown command {other}")


def timed(name, work):
    cpu, started = time.process_time(), time.perf_counter()
    done = work()
    seconds = time.perf_counter() - started
    return {name: done, "seconds": seconds, "cpu": time.process_time() - cpu}


def peak_bytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def say(message):
    print(json.dumps(message), flush=True)
