"""What TensorBoard itself reads of a folder of runs, as JSON: scalars, graph, histograms, hyperparameters."""

import json
import sys

from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
from tensorboard.plugins.hparams import metadata
from tensorboard.util import tensor_util

multiplexer = EventMultiplexer(tensor_size_guidance={"scalars": 0, "histograms": 0})
multiplexer.AddRunsFromDirectory(sys.argv[1])
multiplexer.Reload()


def values(run, plugin):
    tags = multiplexer.PluginRunToTagToContent(plugin).get(run, {})
    return {
        tag: [
            [event.step, tensor_util.make_ndarray(event.tensor_proto).tolist()]
            for event in multiplexer.Tensors(run, tag)
        ]
        for tag in tags
    }


def graph(run):
    if not multiplexer.Runs()[run]["graph"]:
        return None
    nodes = multiplexer.Graph(run).node
    return [[node.name, node.op, list(node.input)] for node in nodes]


def session(run):
    tags = multiplexer.PluginRunToTagToContent("hparams").get(run, {})
    if metadata.SESSION_START_INFO_TAG not in tags:
        return None
    start = metadata.parse_session_start_info_plugin_data(tags[metadata.SESSION_START_INFO_TAG])
    end = metadata.parse_session_end_info_plugin_data(tags[metadata.SESSION_END_INFO_TAG])
    hparams = {
        name: getattr(value, value.WhichOneof("kind")) for name, value in start.hparams.items()
    }
    return {"hparams": hparams, "status": end.status}


print(
    json.dumps(
        {
            run: {
                "scalars": values(run, "scalars"),
                "histograms": values(run, "histograms"),
                "graph": graph(run),
                "session": session(run),
            }
            for run in multiplexer.Runs()
        }
    )
)
