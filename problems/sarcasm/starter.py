"""Trains a model for sarcasm with Keras and saves it for the grader.

    grader data export sarcasm sarcasm-data
    python sarcasm.py
    grader grade sarcasm sarcasm.keras
"""

import os
import sys

import keras
import numpy as np

# Where the exported arrays lie, and where the model goes.
folder = sys.argv[1] if len(sys.argv) > 1 else "sarcasm-data"
file = sys.argv[2] if len(sys.argv) > 2 else "sarcasm.keras"


def load(name):
    return np.load(os.path.join(folder, name + ".npy"))


keras.utils.set_random_seed(1)
x_train, y_train = load("training_inputs"), load("training_targets")
x_val, y_val = load("validation_inputs"), load("validation_targets")
# The thousand most frequent words; 1 stands for all others.
x_train, x_val = np.where(x_train < 1000, x_train, 1), np.where(x_val < 1000, x_val, 1)

# The average of learned word vectors; three epochs are too few for it. Order is lost altogether.
model = keras.Sequential(
    [
        keras.Input((120,)),
        keras.layers.Embedding(1000, 16),
        keras.layers.GlobalAveragePooling1D(),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.001),
    loss="binary_crossentropy",
    metrics=["accuracy"],
)
model.fit(x_train, y_train, epochs=3, batch_size=32, validation_data=(x_val, y_val))
# A name that ends in .h5 works as well.
model.save(file)
