"""A PyTorch module for a list of Keras layers."""

import math

import torch
from torch import nn

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "linear": nn.Identity}
# The losses take logits, which is how PyTorch is fastest; predict applies these.
OUTPUT_ACTIVATIONS = {"softmax": nn.Softmax(dim=-1), "sigmoid": nn.Sigmoid()}


class Permute(nn.Module):
    def __init__(self, *axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.permute(self.axes)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean(1)


class Sequences(nn.Module):
    """An LSTM's output at every step."""

    def __init__(self, lstm):
        super().__init__()
        self.lstm = lstm

    def forward(self, x):
        return self.lstm(x)[0]


class LastStates(nn.Module):
    """The last output of each direction, side by side."""

    def __init__(self, lstm):
        super().__init__()
        self.lstm = lstm

    def forward(self, x):
        _, (hidden, _) = self.lstm(x)
        return torch.cat([*hidden], dim=1)


def build(workload):
    """The model with logits for outputs, and what makes probabilities of them."""
    modules, width, output = [], workload["input"][-1], nn.Identity()
    size = workload["input"][:-1]
    for layer in workload["layers"]:
        config = layer["config"]
        activation = config.get("activation", "linear")
        match layer["class_name"]:
            case "Dense":
                modules += [dense(width, config["units"])]
                width = config["units"]
                if activation in OUTPUT_ACTIVATIONS:
                    output = OUTPUT_ACTIVATIONS[activation]
                elif activation != "linear":
                    modules += [ACTIVATIONS[activation]()]
            case "Conv2D":
                kernel = config["kernel_size"]
                modules += [with_glorot(nn.Conv2d(width, config["filters"], kernel))]
                modules += [ACTIVATIONS[activation]()]
                width = config["filters"]
                size = [length - extent + 1 for length, extent in zip(size, kernel)]
            case "MaxPooling2D":
                modules += [nn.MaxPool2d(config["pool_size"])]
                size = [length // extent for length, extent in zip(size, config["pool_size"])]
            case "Flatten":
                modules += [nn.Flatten()]
                width *= math.prod(size)
            case "Dropout":
                modules += [nn.Dropout(config["rate"])]
            case "Embedding":
                embedding = nn.Embedding(config["input_dim"], config["output_dim"])
                nn.init.uniform_(embedding.weight, -0.05, 0.05)
                modules += [embedding]
                width = config["output_dim"]
            case "GlobalAveragePooling1D":
                modules += [Mean()]
            case "Bidirectional":
                units = config["layer"]["config"]["units"]
                modules += [LastStates(lstm(width, units, bidirectional=True))]
                width = 2 * units
            case "LSTM":
                modules += [Sequences(lstm(width, config["units"]))]
                width = config["units"]
            case "Conv1D":
                modules += causal_convolution(width, config["filters"], config["kernel_size"][0])
                modules += [ACTIVATIONS[activation](), Permute(0, 2, 1)]
                width = config["filters"]
            case other:
                raise ValueError(f"no PyTorch module for {other}")
    return nn.Sequential(*modules), output


def dense(inputs, outputs):
    return with_glorot(nn.Linear(inputs, outputs))


def with_glorot(module):
    """Keras's initial weights, so that the losses can be compared."""
    nn.init.xavier_uniform_(module.weight)
    nn.init.zeros_(module.bias)
    return module


def causal_convolution(inputs, filters, kernel):
    convolution = with_glorot(nn.Conv1d(inputs, filters, kernel))
    return [Permute(0, 2, 1), nn.ConstantPad1d((kernel - 1, 0), 0.0), convolution]


def lstm(inputs, units, bidirectional=False):
    module = nn.LSTM(inputs, units, batch_first=True, bidirectional=bidirectional)
    for name, weight in module.named_parameters():
        if name.startswith("weight_ih"):
            nn.init.xavier_uniform_(weight)
        elif name.startswith("weight_hh"):
            nn.init.orthogonal_(weight)
        else:
            nn.init.zeros_(weight)
            if name.startswith("bias_ih"):
                # Keras starts the forget gate open; the gates are input, forget, cell, output.
                nn.init.ones_(weight.data[units : 2 * units])
    return module
