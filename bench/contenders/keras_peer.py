"""Keras 3 on the backend that KERAS_BACKEND names."""

import importlib
import time

from peer import checked_rows, read_data, read_job, serve

import keras


class StopAt(keras.callbacks.Callback):
    """Ends a fit with the first epoch that is complete at a given time."""

    def __init__(self, end):
        super().__init__()
        self.end = end
        self.epochs = 0

    def on_epoch_end(self, epoch, logs=None):
        self.epochs += 1
        if time.perf_counter() >= self.end:
            self.model.stop_training = True


class KerasPeer:
    def __init__(self, workload, setting, data):
        self.workload = workload
        self.batch = workload["batch"]
        self.x, self.y = read_data(data)
        self.model = build(workload)
        self.model.compile(
            optimizer=keras.optimizers.get(workload["optimizer"]),
            loss=keras.losses.get(workload["loss"]),
            metrics=workload["metrics"],
            jit_compile=setting["jit"],
            steps_per_execution=setting["stepsPerExecution"],
        )

    def first_step(self):
        return self.loss_of(slice(0, self.batch))

    def check(self):
        return self.loss_of(checked_rows(self.workload))

    def loss_of(self, rows):
        fitted = self.model.fit(
            self.x[rows], self.y[rows], batch_size=self.batch, shuffle=False, verbose=0
        )
        return fitted.history["loss"][0]

    def train(self, seconds):
        stop = StopAt(time.perf_counter() + seconds)
        self.model.fit(
            self.x, self.y, batch_size=self.batch, epochs=10**6, callbacks=[stop], verbose=0
        )
        return stop.epochs * -(-len(self.x) // self.batch)

    def predict(self, seconds):
        end = time.perf_counter() + seconds
        rows = 0
        while time.perf_counter() < end:
            rows += len(self.model.predict(self.x, batch_size=self.batch, verbose=0))
        return rows


def build(workload):
    dtype = "int32" if workload["inputs"]["kind"] == "integers" else "float32"
    layers = [make_layer(layer) for layer in workload["layers"]]
    return keras.Sequential([keras.Input(workload["input"], dtype=dtype), *layers])


def make_layer(layer):
    config = dict(layer["config"])
    if "layer" in config:
        config["layer"] = make_layer(config["layer"])
    return getattr(keras.layers, layer["class_name"])(**config)


def versions():
    backend = keras.backend.backend()
    return {"keras": keras.__version__, backend: importlib.import_module(backend).__version__}


job = read_job()
keras.utils.set_random_seed(1)
serve(KerasPeer(job["workload"], job["setting"], job["data"]), versions())
