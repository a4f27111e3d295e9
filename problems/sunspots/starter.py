"""Trains a model for sunspots with Keras and saves it for the grader.

    grader data export sunspots sunspots-data
    python sunspots.py
    grader grade sunspots sunspots.keras
"""

import os
import sys

import keras
import numpy as np

# Where the exported arrays lie, and where the model goes.
folder = sys.argv[1] if len(sys.argv) > 1 else "sunspots-data"
file = sys.argv[2] if len(sys.argv) > 2 else "sunspots.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")
# The target has the following month of each position; this model forecasts the last alone.
y_train, y_val = y_train[:, -1], y_val[:, -1]

# A weighted sum of the thirty months, hardly trained. Layers that read the months in order, and a
# better optimizer, know more.
model = keras.Sequential(
    [
        keras.Input((30, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(1),
    ]
)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.003),
    loss="mean_squared_error",
    metrics=["mae"],
)
model.fit(x_train, y_train, epochs=15, batch_size=32, validation_data=(x_val, y_val))
# A name that ends in .h5 works as well.
model.save(file)
