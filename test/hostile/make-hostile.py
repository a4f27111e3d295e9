"""Adds model files that only the HDF5 library itself can write, and h5py.json, the table of them.

python make-hostile.py FOLDER   (h5py 3.x, numpy)
"""
import json
import sys
from pathlib import Path

import h5py
import numpy as np

KERNEL = np.array([[0.5], [-1], [2], [0.25]], "<f4")
BIAS = np.array([0.125], "<f4")
CONFIG = {
    "class_name": "Sequential",
    "config": {
        "name": "sequential",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 4], "name": "input_1"}},
            {"class_name": "Dense", "config": {"name": "dense", "units": 1, "activation": "linear"}},
        ],
    },
}
CASES = {}


def case(name, why, code=None, **file_options):
    """A function that puts the kernel into the group of the layer; `code` is the refusal, if any."""

    def keep(put):
        CASES[name] = {"why": why, "code": code, "put": put, "file_options": file_options}
        return put

    return keep


def write(path, put, file_options):
    with h5py.File(path, "w", **file_options) as file:
        file.attrs["model_config"] = json.dumps(CONFIG)
        file.attrs["backend"] = "tensorflow"
        file.attrs["keras_version"] = "2.11.0"
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [b"dense"]
        layer = weights.create_group("dense")
        layer.attrs["weight_names"] = [b"dense/kernel:0", b"dense/bias:0"]
        group = layer.create_group("dense")
        group["bias:0"] = BIAS
        put(group)


def stored(**options):
    return lambda group: group.create_dataset("kernel:0", data=KERNEL, **options)


case("latest.h5", "the newest file format", libver="latest")(stored())
case("latest-gzip.h5", "the newest format, gzipped", libver="latest")(
    stored(chunks=(2, 1), compression="gzip", shuffle=True)
)
case("v110.h5", "the format of HDF5 1.10", libver=("v110", "v110"))(stored(chunks=(1, 1)))
case("resizable.h5", "an array that may grow", libver="latest")(stored(chunks=(1, 1), maxshape=(None, None)))
case("track-order.h5", "groups in the order of creation", track_order=True)(stored())
case("user-block.h5", "a user block of 512 bytes", userblock_size=512)(stored())
case("user-block-8192.h5", "a user block of 8192 bytes", userblock_size=8192)(stored())
case("paged.h5", "pages in the place of free space", fs_strategy="page", fs_page_size=4096)(stored())
case("float16.h5", "float16")(lambda group: group.create_dataset("kernel:0", data=KERNEL.astype("<f2")))
case("big-endian.h5", "big-endian float64")(
    lambda group: group.create_dataset("kernel:0", data=KERNEL.astype(">f8"))
)
case("lzf.h5", "LZF", "candidate hdf5-filter")(stored(chunks=(4, 1), compression="lzf"))
case("fletcher.h5", "a checksum", "candidate hdf5-filter")(stored(chunks=(4, 1), fletcher32=True))
case("scale-offset.h5", "scale-offset", "candidate hdf5-filter")(stored(chunks=(4, 1), scaleoffset=2))
case("long-double.h5", "long doubles", "candidate hdf5-datatype")(
    lambda group: group.create_dataset("kernel:0", data=KERNEL.astype(np.longdouble))
)
case("complex.h5", "complex numbers", "candidate hdf5-datatype")(
    lambda group: group.create_dataset("kernel:0", data=KERNEL.astype("<c8"))
)
case("enum.h5", "an enumeration", "candidate hdf5-datatype")(
    lambda group: group.create_dataset("kernel:0", (4, 1), h5py.enum_dtype({"A": 0, "B": 1}, basetype="i4"))
)
case("array-type.h5", "an array type", "candidate hdf5-datatype")(
    lambda group: group.create_dataset("kernel:0", (4,), np.dtype(("<f4", (1,))))
)
case("empty.h5", "a null data space", "candidate hdf5-datatype")(
    lambda group: group.create_dataset("kernel:0", data=h5py.Empty("f4"))
)
case("declared-2-40.h5", "2^40 rows of which none is stored", "limit weights-too-large")(
    lambda group: group.create_dataset("kernel:0", (2**40, 1), "f4", chunks=(1024, 1), compression="gzip")
)
case("zeros-400mb.h5", "400 MB of zeros, chunk by chunk of which none is stored", "candidate hdf5-storage")(
    lambda group: group.create_dataset("kernel:0", (100_000_000, 1), "f4", chunks=(1_000_000, 1), compression="gzip")
)
case("external-storage.h5", "values in another file", "candidate hdf5-external")(
    lambda group: group.create_dataset("kernel:0", (4, 1), "f4", external=[("/etc/passwd", 0, 16)])
)
case("named-type.h5", "a named type in the place of the array", "candidate hdf5-link")(
    lambda group: group.__setitem__("kernel:0", np.dtype("<f4"))
)


@case("szip.h5", "szip", "candidate hdf5-filter")
def szip(group):
    if not h5py.h5z.filter_avail(h5py.h5z.FILTER_SZIP):
        raise NotImplementedError
    group.create_dataset("kernel:0", data=np.repeat(KERNEL, 8, 1), chunks=(4, 8), compression="szip")


@case("nbit.h5", "n-bit", "candidate hdf5-filter")
def nbit(group):
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((4, 1))
    properties.set_filter(h5py.h5z.FILTER_NBIT)
    space = h5py.h5s.create_simple((4, 1))
    h5py.h5d.create(group.id, b"kernel:0", h5py.h5t.IEEE_F32LE, space, properties)


@case("soft-link.h5", "a soft link", "candidate hdf5-link")
def soft_link(group):
    group["kernel:0"] = h5py.SoftLink("/model_weights/dense/dense/bias:0")


@case("external-link.h5", "an external link", "candidate hdf5-external")
def external_link(group):
    group["kernel:0"] = h5py.ExternalLink("other.h5", "/kernel")


@case("hard-link-cycle.h5", "a hard link to the group around it", "candidate hdf5-link")
def cycle(group):
    group["kernel:0"] = KERNEL
    group["up"] = group.parent


@case("virtual.h5", "a virtual data set of another file", "candidate hdf5-external", libver="latest")
def virtual(group):
    layout = h5py.VirtualLayout((4, 1), "f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "kernel", (4, 1))
    group.create_virtual_dataset("kernel:0", layout)


@case("virtual-of-itself.h5", "a virtual data set of the same file", "candidate hdf5-external", libver="latest")
def virtual_of_itself(group):
    group["real"] = KERNEL
    layout = h5py.VirtualLayout((4, 1), "f4")
    layout[:] = h5py.VirtualSource(".", "/model_weights/dense/dense/real", (4, 1))
    group.create_virtual_dataset("kernel:0", layout)


@case("variable.h5", "arrays of variable length", "candidate hdf5-datatype")
def variable(group):
    rows = group.create_dataset("kernel:0", (4,), h5py.vlen_dtype(np.float32))
    rows[0] = [1, 2, 3]


@case("references.h5", "references", "candidate hdf5-datatype")
def references(group):
    group.create_dataset("kernel:0", data=[[group["bias:0"].ref]] * 4, dtype=h5py.ref_dtype)


@case("dense-attributes.h5", "5,000 attributes", "limit hdf5-attributes", libver="latest")
def dense_attributes(group):
    group["kernel:0"] = KERNEL
    for index in range(5000):
        group.file["model_weights/dense"].attrs[f"note_{index}"] = index


def main():
    folder = Path(sys.argv[1]) / "h5py"
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for name, entry in CASES.items():
        try:
            write(folder / name, entry["put"], entry["file_options"])
        except (NotImplementedError, ValueError) as error:
            (folder / name).unlink(missing_ok=True)
            print(f"{name}: not written ({error})", file=sys.stderr)
            continue
        entry = {"code": entry["code"], "why": entry["why"]}
        index.append({"group": "h5py", "name": name, "path": f"h5py/{name}", **entry})
    (Path(sys.argv[1]) / "h5py.json").write_text(json.dumps(index))


main()
