"""The less common functions of `keras.ops`: linear algebra, signals, windows, counting, images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.configurations.functions import (
    AXES,
    INTEGERS,
    SAME,
    TENSORS,
    TWO,
    WRONG_AXES,
    elementwise,
    function,
)
from tests.oracle.options import On, Source, Tensor, called, listed

if TYPE_CHECKING:
    from tests.oracle.options import LayerOptions

RECORDED = 6
"""Programs of each function in the record: what a function does is decided by few arguments."""


def tried(name: str, *on: On, **more: Any) -> LayerOptions:
    """A function of `keras.ops` on the inputs that are named, or on the usual ones."""
    return function(f"ops.{name}", on=list(on) or None, recorded=RECORDED, **more)


def alike(*names: str, on: list[On], **more: Any) -> list[LayerOptions]:
    """Functions that are told the same."""
    return [tried(name, *on, programs=40, **more) for name in names]


WHOLE: list[On] = [
    called("a, b", Tensor((4, 3), "int32"), Tensor((4, 3), "int32")),
    called("a, b", Tensor((4, 3), "int32"), Tensor((3,), "int64")),
    called("a, b", Tensor((3,), "int32"), Tensor((4, 3), "int32")),
    called("x, 2", Tensor((4, 3), "int32")),
    called("2, x", Tensor((4, 3), "int32")),
    called("x, [1, 2, 3]", Tensor((4, 3), "int32")),
    called("x, np.ones((3,), 'int32')", Tensor((None, 3), "int32")),
    called("x, 1.5", Tensor((4, 3), "int32")),
    called("a, b", (4, 3), (5, 3)),
]
MATRICES: list[On] = [
    (3, 3),
    (4, 4),
    (4, 3),
    (3, 5),
    (2, 3, 3),
    (2, 3, 5),
    (None, 3),
    (None, None),
    (5,),
    (),
    Tensor((4,), batch_size=4),
    Tensor((4,), batch_size=2),
]
SYSTEMS: list[On] = [
    called("a, b", (3, 3), (3, 2)),
    called("a, b", (3, 3), (3,)),
    called("a, b", (3, 3), (4, 2)),
    called("a, b", (3, 4), (3, 2)),
    called("a, b", (2, 3, 3), (2, 3, 1)),
    called("a, b", (2, 3, 3), (3, 1)),
    called("a, b", (None, None), (None, 2)),
    called("a, b", Tensor((4,), batch_size=4), Tensor((2,), batch_size=4)),
    called("a, b", Tensor((4,), batch_size=4), Tensor((2,), batch_size=5)),
    called("a, b", Tensor((4,), batch_size=4), Tensor((), batch_size=4)),
    called("x, [1.0, 2.0, 3.0]", (3, 3)),
]
PAIRS: list[On] = [
    called("(a, b)", (16,), (16,)),
    called("(a, b)", (8, 16), (8, 16)),
    called("[a, b]", (8, 10), (8, 10)),
    called("(a, b)", (8, 16), (8, 10)),
    called("(a, b)", (None, None), (None, None)),
    called("(a, b)", (16,), (8, 16)),
    called("(a, b, a)", (8, 16), (8, 16)),
    called("(x,)", (8, 16)),
    called("x", (8, 16)),
    called("(a, b)", (), ()),
]
SIGNALS: list[On] = [
    (16,),
    (3, 20),
    (None,),
    (None, 16),
    (2, 3, 11),
    (),
    Tensor((9,), batch_size=2),
]
ROWS: list[On] = [
    Tensor((), batch_size=5),
    Tensor((), batch_size=1),
    Tensor((), batch_size=8),
    (),
    (3,),
    Tensor((3,), batch_size=2),
]
PICTURES: list[On] = [
    (8, 8, 3),
    (9, 7, 4),
    (None, None, 3),
    (8, None, 12),
    (8, 3),
    Tensor((8, 6, 3), batch_size=2),
    Tensor((8, 3), batch_size=6),
    (2, 8, 8, 3),
    (6,),
]
VOLUMES: list[On] = [(8, 8, 8, 3), (None, 8, 8, 2), (8, 8, 3), Tensor((4, 6, 3), batch_size=5)]
SHAPES: list[Any] = [(2, 5), [4], (None, 3), ()]
WRONG_SHAPES: list[Any] = [5, None, (-1, 3), (2.0, 3), "ab"]
LISTS: list[On] = [
    *SAME,
    listed((4, 3), (4, 5)),
    listed((4, 3, 2), (4, 3, 5)),
    listed((4, 3), (2, 3)),
    listed((), ()),
    listed((2, 4, 3), (2, 4, 3), (2, 4, 3)),
    listed((4, 3), (6,)),
    called("[x]", (4, 3)),
    called("x", (4, 3)),
]
OFFSETS: dict[str, list[Any]] = {
    "offset": [1, -1, 3, 9], "axis1": [0, 1, -1], "axis2": [1, 2, -1],
}  # fmt: skip
WRONG_OFFSETS: dict[str, list[Any]] = {"axis1": [9, "a"], "axis2": [-7, 0], "offset": ["a"]}
SPLITS: dict[str, list[Any]] = {"indices_or_sections": [2, 3, [1, 2], 1, [2], 4]}
WRONG_SPLITS: dict[str, list[Any]] = {"indices_or_sections": [0, 5, -1, "a", 1.5]}

ARRANGING = [
    *alike("bitwise_and", "bitwise_or", "bitwise_xor", "left_shift", "right_shift", on=WHOLE),
    *alike("bitwise_left_shift", "bitwise_right_shift", on=WHOLE),
    *alike("isin", "polar", on=[*TWO, called("x, [1.0, 2.0]", (4, 3)), called("[1.0], x", (3,))]),
    *alike("hsplit", "vsplit", "dsplit", on=TENSORS, required=SPLITS, invalid=WRONG_SPLITS),
    tried("dstack", *LISTS),
    tried(
        "rot90",
        optional={"k": [1, 2], "axes": [(0, 1), (1, 2), (-1, 1), [1, 2], (2, 1)]},
        invalid={"axes": [(1, 1), (1, 9), (1,), 1, "ab", (1, 2, 3)]},
    ),
    *alike("trace", "diagonal", on=TENSORS, optional=OFFSETS, invalid=WRONG_OFFSETS),
    *alike("diag", "diagflat", on=[*ROWS, *TENSORS[:3]], optional={"k": [1, -2, 0, 9]},
           invalid={"k": ["a", None]}),
    tried("vander", *ROWS, optional={"N": [3, 1, None], "increasing": [True]},
          invalid={"N": [-1, 2.5, "a"], "increasing": [1, "a"]}),
    *alike("kron", on=[*TWO, called("2.0, x", (4,)), called("[1.0, 2.0], x", (4,))]),
    tried("cross", called("a, b", (3,), (3,)), called("a, b", (2,), (2,)),
          called("a, b", (4, 3), (3,)), called("a, b", (4, 2), (4, 3)),
          called("a, b", (4, 5), (4, 5)), called("a, b", (None,), (3,)),
          called("a, b", (None,), (None,)), called("a, b", (3, 4), (3, 4)),
          called("a, b", (5, 3), (4, 3)), called("x, [1.0, 2.0, 3.0]", (3,)),
          optional={"axis": [1, -1, 2], "axisc": [0, 1, -1], "axisa": [1], "axisb": [1, -1]},
          invalid={"axis": [9, "a"], "axisc": [9]}),
    tried("meshgrid", called("a, b", (), ()), called("a, b", (4,), (3,)), called("x", (4,)),
          called("a, b, c", Tensor((), batch_size=4), Tensor((), batch_size=3), (2,)),
          called("a, b", Tensor((), batch_size=4), Tensor((2,), batch_size=3)),
          called("x, [1, 2]", (4,)),
          optional={"indexing": ["xy", "ij"]}, invalid={"indexing": ["ji", 1]}),
    *alike("linspace", "logspace", "geomspace",
           on=[called("a, b", (3,), (3,)), called("a, b", (4, 3), (3,)), called("0.0, x", (3,)),
               called("x, 5", (3,)), called("a, b", (4,), (3,)), called("a, b", (None,), (3,)),
               called("[1.0], x", (3,)), called("x, [1.0, 2.0, 3.0]", (3,))],
           optional={"num": [5, 1, None], "axis": [0, 1, -1, 2], "endpoint": [False]},
           invalid={"num": [-1, 2.5, "a"], "axis": [9, "a"]}),
    tried("rearrange", Tensor((4, 6), batch_size=2), Tensor((4, 6), batch_size=3), (4, 6),
          Tensor((6, 4, 2), batch_size=3), Tensor((None, 6), batch_size=2),
          required={"pattern": ["b h w -> b w h", "b h w -> b (h w)", "b h w -> (b h) w",
                                "b (h1 h) w -> b h1 h w", "b h w c -> b c h w",
                                "b (h1 h) w -> (b h1) h w"]},
          optional={"h1": [2, 4]},
          invalid={"pattern": ["b h w", "b h w -> b h q", "b h -> h b", 3], "h1": [3, 0]}),
    tried("select", called("[a > 0, b > 0], [a, b]", (4, 3), (4, 3)),
          called("[x > 0], [x]", (4, 3)), called("[x > 0], [1.0]", (4, 3)),
          called("[], [x]", (4, 3)), called("x > 0, x", (4, 3)),
          called("[a > 0], [b]", (4, 3), (2,)), optional={"default": [0.0, 1]}),
    tried("view", *TENSORS, optional={"dtype": ["float32", "int32", "float16", None]},
          invalid={"dtype": ["float31"]}),
    tried("full", called("(2, 3), x", ()), called("(2, 3), x", (4,)), called("[4], x", ()),
          called("(None, 3), x", ()), called("5, x", ()), called("(-1, 2), x", ())),
]  # fmt: skip

ALGEBRA = [
    *alike("cholesky", "cholesky_inverse", "inv", "det", "logdet", "slogdet", on=MATRICES),
    *alike("eig", "eigh", "pinv", "matrix_rank", "lu_factor", on=MATRICES),
    tried("svd", *MATRICES, optional={"full_matrices": [True, False], "compute_uv": [True, False]}),
    tried("qr", *MATRICES, optional={"mode": ["reduced", "complete"]}, invalid={"mode": ["raw"]}),
    *alike("solve", "solve_triangular", "lstsq", on=SYSTEMS),
    *alike("cdist", on=[*TWO, called("a, b", (4, 3), (7, 3)), called("a, b", (3,), (3,)),
                        called("a, b", (None, 3), (2, 5, 3))]),
    *elementwise("ops", "corrcoef", "size", "ndim", "view_as_real", "view_as_complex"),
]  # fmt: skip

SIGNAL_PROCESSING = [
    *alike("fft", "fft2", "ifft2", on=PAIRS),
    tried("rfft", *SIGNALS, optional={"fft_length": [8, 5, None]}, invalid={"fft_length": ["a"]}),
    tried("irfft", *PAIRS, optional={"fft_length": [8, 5, None]}, invalid={"fft_length": [-1]}),
    tried("extract_sequences", *SIGNALS,
          required={"sequence_length": [4, 5, 16], "sequence_stride": [1, 2, 3]},
          invalid={"sequence_length": [99, "a"], "sequence_stride": [0, "a"]}),
    tried("stft", *SIGNALS, required={"sequence_length": [4, 8], "sequence_stride": [2, 3],
                                      "fft_length": [8, 16]},
          optional={"center": [True, False], "window": ["hann", "hamming", None]},
          invalid={"sequence_stride": [0, 1.5], "fft_length": [64, "a"]}),
    tried("istft", *PAIRS, required={"sequence_length": [8], "sequence_stride": [2, 3],
                                     "fft_length": [18, 30]},
          optional={"length": [20, None], "center": [True, False]},
          invalid={"sequence_stride": [0, 1.5]}),
    tried("correlate", called("a, b", Tensor((), batch_size=5), Tensor((), batch_size=3)),
          called("a, b", Tensor((), batch_size=3), Tensor((), batch_size=3)),
          called("a, b", (), ()), called("a, b", (3,), (3,)), called("x, [1.0]", ()),
          optional={"mode": ["valid", "same", "full"]}, invalid={"mode": ["all", 1]}),
]  # fmt: skip

COUNTING = [
    tried("bincount", *INTEGERS, optional={"minlength": [3, 8]}),
    tried("digitize", called("x, np.array([0.0, 1.0])", (4, 3)), called("x, [0.0, 1.0]", (4, 3)),
          called("a, b", (4, 3), ()), called("a, b", (4, 3), (2,)),
          called("x, np.zeros((2, 2))", (4, 3))),
    tried("searchsorted", called("np.array([0.0, 1.0, 2.0]), x", (4, 3)),
          called("a, b", (), (4, 3)), called("a, b", (3,), (4, 3)), called("x, [1.0]", ()),
          called("[0.0, 1.0], x", (3,)), optional={"side": ["left", "right"]}),
    tried("histogram", optional={"bins": [5, 0], "range": [(0, 1), None]},
          invalid={"bins": [-1, 2.5, "a"], "range": [[0, 1], (1, 0), (1,)]}),
    *elementwise("ops", "nonzero"),
    tried("unique", *TENSORS,
          optional={"axis": [0, 1, -1, None], "size": [4], "return_index": [True],
                    "return_inverse": [True], "return_counts": [True, False]},
          invalid={"axis": [9, "a"], "size": [-1, "a"]}),
    *alike("segment_sum", "segment_max", "segment_min", "segment_prod",
           on=[called("a, b", (4,), Tensor((), "int32")),
               called("a, b", Tensor((4,), batch_size=6), Tensor((), "int32", 6)),
               called("a, b", Tensor((4,), batch_size=6), Tensor((), "int32", 5)),
               called("a, b", (4,), Tensor((3,), "int32")),
               called("x, np.array([0, 0, 1])", Tensor((4,), batch_size=3)),
               called("x, [0, 0, 1]", Tensor((4,), batch_size=3)),
               called("a, b", (None, 3), Tensor((), "int32"))],
           optional={"num_segments": [3, None], "sorted": [True]},
           invalid={"num_segments": [-1, 2.5, "a"]}),
    tried("unravel_index", *INTEGERS, required={"shape": [(4, 5), [3], (None, 2)]},
          invalid={"shape": [5, None, "ab"]}),
    tried("scatter", called("a, b", Tensor((2, 1), "int32"), (2,)),
          called("a, b", Tensor((1,), "int32"), ()), called("np.array([[0], [1]]), x", (3,)),
          called("x, 1.0", Tensor((1,), "int32")),
          required={"shape": SHAPES}, invalid={"shape": WRONG_SHAPES}),
    tried("argpartition", required={"kth": [1, 0]}, optional={"axis": [1, -1, None, 9]},
          invalid={"kth": [1.5, "a"]}),
    *alike("nancumsum", "nancumprod", on=TENSORS, optional={"axis": [0, 1, -1, None, 9]}),
    *alike("quantile", "percentile", "nanquantile", "nanpercentile", on=TENSORS,
           required={"q": [0.5, [0.25, 0.5], (0.5,), Source("np.array([0.1, 0.2, 0.3])"),
                           Source("np.array([[0.1], [0.2]])"), 1, []]},
           optional={"axis": AXES, "keepdims": [True, False], "method": ["nearest"]},
           invalid={"axis": WRONG_AXES}),
    tried("trapezoid", optional={"axis": [0, 1, -1, 5, None], "dx": [0.5]},
          invalid={"axis": ["a", 1.5]}),
    tried("diff", optional={"n": [1, 2, 0, 9, -1], "axis": [0, 1, -1]},
          invalid={"axis": [9, "a"], "n": ["a", 1.5]}),
    tried("glu", (4,), (5,), (4, 6), (6, 3), (None, None), (), Tensor((4,), batch_size=2),
          optional={"axis": [0, 1, -1, 2]}, invalid={"axis": [9, "a", 1.5]}),
]  # fmt: skip

COMPARING = [
    *alike("allclose", "psnr", on=[*TWO, called("x, [1.0, 2.0]", (4, 3))],
           optional={"max_val": [1.0]}),
    tried("sparse_categorical_crossentropy",
          called("a, b", Tensor((), "int32"), (5,)), called("a, b", Tensor((1,), "int32"), (5,)),
          called("a, b", Tensor((4,), "int32"), (4, 5)), called("a, b", Tensor((3,), "int32"), (5,)),
          called("a, b", Tensor((4, 1), "int32"), (4, 5)),
          called("a, b", Tensor((), "int32", 2), (5,)), called("a, b", Tensor((4,), "int32"), (None, 5)),
          optional={"from_logits": [True], "axis": [-1, 1, 2]}, invalid={"axis": [9, "a"]}),
    tried("ctc_loss",
          called("a, b, c, d", Tensor((4,), "int32"), (9, 5), Tensor((), "int32"),
                 Tensor((), "int32")),
          called("a, b, c, d", Tensor((4,), "int32", 2), (9, 5), Tensor((), "int32"),
                 Tensor((), "int32")),
          called("a, b, c, d", Tensor((4,), "int32", 2), Tensor((9, 5), batch_size=2),
                 Tensor((), "int32", 2), Tensor((), "int32", 2)),
          called("a, b, c, 9", Tensor((4,), "int32"), (9, 5), Tensor((), "int32")),
          optional={"mask_index": [0, 1]}),
    tried("ctc_decode", called("a, b", (9, 5), Tensor((), "int32")),
          called("a, b", (None, 5), Tensor((), "int32")), called("a, b", (5,), Tensor((), "int32")),
          called("a, b", (), Tensor((), "int32")),
          optional={"strategy": ["greedy", "beam_search", "best"], "top_paths": [1, 3]},
          invalid={"top_paths": [-1]}),
    tried("dot_product_attention", called("a, b, b", (6, 4, 8), (6, 4, 8)),
          called("a, b, b", (6, 4, 8), (7, 4, 8)), called("a, a, b", (None, 4, 8), (6, 4, 3)),
          called("x, x, x", (5, 8)), called("x, [1.0], x", (5, 2, 8)),
          optional={"scale": [0.5], "is_causal": [True, False]}),
    tried("image.ssim", *(called("a, b", shape, shape) for shape in PICTURES),  # type: ignore[arg-type]
          called("a, b", (8, 8, 3), (8, 3)), optional={"max_val": [255.0]}),
]  # fmt: skip

FORMATS: dict[str, list[Any]] = {"data_format": ["channels_last", "channels_first", None]}
WRONG_FORMATS: dict[str, list[Any]] = {"data_format": ["channels_middle"]}
KERNELS: list[On] = [
    called(f"x, np.zeros({kernel}, 'float32')", image)
    for kernel, image in (
        ((3, 3, 3, 5), (8, 8, 3)),
        ((3, 3, 3, 5), (None, None, 3)),
        ((2, 3, 3, 4), (5, 7, 3)),
        ((3, 3, 2, 5), (8, 8, 3)),
        ((3, 4, 6), (10, 4)),
        ((3, 3, 3, 5), (2, 8, 3)),
        ((2, 2, 2, 3, 4), (5, 5, 5, 3)),
        ((3, 3, 8, 5), (8, 8, 3)),
        ((3, 5), (8, 8, 3)),
    )
]
SPREADING: list[On] = [
    called(f"x, np.zeros({kernel}, 'float32')", image)
    for kernel, image in (
        ((3, 3, 5, 3), (8, 8, 3)),
        ((3, 3, 5, 3), (None, None, 3)),
        ((2, 3, 4, 3), (5, 7, 3)),
        ((3, 3, 5, 2), (8, 8, 3)),
        ((3, 6, 4), (10, 4)),
        ((2, 2, 2, 4, 3), (5, 5, 5, 3)),
        ((3, 3, 5, 8), (8, 8, 3)),
    )
]
CONVOLVING: dict[str, list[Any]] = {
    "strides": [1, 2, (2, 1)],
    "padding": ["valid", "same", "SAME"],
    "dilation_rate": [1, 2],
    **FORMATS,
}
WRONG_CONVOLVING: dict[str, list[Any]] = {"padding": ["full", None], **WRONG_FORMATS}
BY_CHANNEL = [
    called(f"x, np.zeros({kernel}, 'float32'), np.zeros({pointwise}, 'float32')", image)
    for kernel, pointwise, image in (
        ((3, 3, 3, 2), (1, 1, 6, 5), (8, 8, 3)),
        ((3, 3, 3, 1), (1, 1, 3, 5), (None, None, 3)),
        ((3, 3, 2, 1), (1, 1, 3, 5), (8, 8, 3)),
        ((3, 4, 2), (1, 8, 6), (10, 4)),
    )
]
BLOCKS: list[On] = [(8, 8, 12), (4, 6, 4), (9, 8, 3), (None, None, 8), (8, 8), (12, 8, 8),
                    Tensor((4, 4, 4), batch_size=2)]  # fmt: skip
PATCHES: dict[str, list[Any]] = {
    "strides": [1, 2, (2, 2), None], "padding": ["valid", "same"], "dilation_rate": [1, 2], **FORMATS,
}  # fmt: skip
WRONG_PATCHES: dict[str, list[Any]] = {
    "size": [(3,), "ab", None, (9, 9)], "padding": ["full"], **WRONG_FORMATS,
}  # fmt: skip
POINTS = "np.array([[0, 0], [0, 1], [1, 0], [1, 1]])"
EDGES: dict[str, list[Any]] = {"target_height": [6, 20, None], "target_width": [5, 30, None]}

WINDOWS = [
    *alike("max_pool", "average_pool", on=[*PICTURES[:6], (10, 4), (6, 6, 6, 2)],
           required={"pool_size": [2, 3, (2, 3), (3, 3), [2, 2]]},
           optional={"strides": [1, 2, (1, 2), None], "padding": ["valid", "same", "SAME"],
                     **FORMATS},
           invalid={"pool_size": [99], **WRONG_CONVOLVING}),
    *alike("adaptive_average_pool", "adaptive_max_pool", on=[*PICTURES[:6], (10, 4)],
           required={"output_size": [(4, 4), (2,), (2, 3)]}, optional=FORMATS,
           invalid={"output_size": [4, [4, 4], None, (-1, 2)]}),
    *alike("conv", "depthwise_conv", on=KERNELS, optional=CONVOLVING, invalid=WRONG_CONVOLVING),
    tried("conv_transpose", *SPREADING, optional={**CONVOLVING, "output_padding": [0, 1, None]},
          invalid=WRONG_CONVOLVING),
    tried("separable_conv", *BY_CHANNEL, optional=CONVOLVING, invalid=WRONG_CONVOLVING),
    *alike("depth_to_space", "space_to_depth", on=BLOCKS, required={"block_size": [2, 3]},
           optional=FORMATS, invalid={"block_size": [1, 5, "a", 2.0], **WRONG_FORMATS}),
    tried("unfold", (3, 8, 8), (3, 9, 7), (3, None, 8), (8, 8), (None, 8, 8),
          Tensor((2, 6, 6), batch_size=2), required={"kernel_size": [2, 3, (2, 3)]},
          optional={"dilation": [1, 2], "padding": [0, 1, (1, 0)], "stride": [1, 2, (2, 1)]},
          invalid={"kernel_size": [99, "a", (1, 2, 3)], "stride": [0]}),
    tried("fold", (12, 9), (12, None), (None, 4), (9, 4), (3, 8, 8),
          required={"output_size": [4, (4, 5)], "kernel_size": [2, (2, 3), 3]},
          optional={"stride": [1, 2], "padding": [1]},
          invalid={"kernel_size": [5, "a"], "output_size": ["a", (-1, 2)]}),
    tried("image.extract_patches", *PICTURES[:8], required={"size": [2, 3, (3, 2), [2, 2]]},
          optional=PATCHES, invalid=WRONG_PATCHES),
    tried("image.extract_patches_3d", *VOLUMES, required={"size": [2, (2, 3, 2)]},
          optional=PATCHES, invalid=WRONG_PATCHES),
]  # fmt: skip

IMAGES = [
    *alike("image.elastic_transform", "image.rgb_to_hsv", on=PICTURES, optional=FORMATS,
           invalid=WRONG_FORMATS),
    *alike("image.gaussian_blur", "image.sobel_edges", on=PICTURES, optional=FORMATS,
           invalid=WRONG_FORMATS),
    tried("image.affine_transform", called("x, np.zeros((8,))", (8, 8, 3)),
          called("a, b", (8, 8, 3), (8,)), called("a, b", (8, 3), ()),
          called("a, b", (8, 8, 3), (2, 8)), called("x, [1, 0, 0, 0, 1, 0, 0, 0]", (8, 8, 3)),
          called("a, b", (6,), (8,)), optional={**FORMATS, "interpolation": ["nearest", "cubic"]},
          invalid=WRONG_FORMATS),
    tried("image.perspective_transform", called(f"x, {POINTS}, {POINTS}", (8, 8, 3)),
          called("a, b, b", (8, 8, 3), (4, 2)), called("a, b, b", (8, 8, 3), (4, 3)),
          called(f"a, b, {POINTS}", (8, 8, 3), (4, 2)), called(f"x, {POINTS}, {POINTS}", (6,)),
          optional=FORMATS, invalid=WRONG_FORMATS),
    tried("image.scale_and_translate",
          called("x, (4, 4, 3), np.ones(2), np.ones(2), (0, 1), 'linear'", (8, 3)),
          called("x, (None, 4, 4, 3), np.ones(2), np.ones(2), (1, 2), 'linear'", (8, 8, 3)),
          called("x, 5, np.ones(2), np.ones(2), (1, 2), 'linear'", (8, 8, 3)),
          called("x, (4, 4), np.ones(2), np.ones(2), (1, 2), 'linear'", (8, 8, 3))),
    tried("image.map_coordinates", called("a, b", (4, 3), Tensor((7,), batch_size=3)),
          called("a, b", (4, 3), Tensor((7, 2), batch_size=3)), called("a, b", (4, 3), (7,)),
          called("a, b", (4, 3), Tensor((), batch_size=3)),
          called("x, np.zeros((3, 5))", (4, 3)), called("x, np.zeros((2, 5))", (4, 3)),
          required={"order": [0, 1]}),
    tried("image.crop_images", *PICTURES,
          optional={"top_cropping": [0, 1], "left_cropping": [0, 2], "bottom_cropping": [1],
                    "right_cropping": [1], **EDGES, **FORMATS},
          invalid={"top_cropping": [-1, 99], **WRONG_FORMATS},
          cases=["top_cropping=1, left_cropping=2, target_height=4, target_width=3",
                 "top_cropping=1, left_cropping=2, bottom_cropping=1, right_cropping=0"]),
    tried("image.pad_images", *PICTURES,
          optional={"top_padding": [0, 1], "left_padding": [0, 2], "bottom_padding": [1],
                    "right_padding": [1], **EDGES, **FORMATS},
          invalid={"top_padding": [-1], **WRONG_FORMATS},
          cases=["top_padding=1, left_padding=2, target_height=14, target_width=13",
                 "top_padding=1, left_padding=2, bottom_padding=1, right_padding=0"]),
]  # fmt: skip

LOOPS = [
    tried("while_loop", called("lambda v: False, lambda v: (v + 1,), (x,)", (4, 3)),
          called("lambda v: False, lambda v: v + 1, x", (4, 3)),
          called("lambda v, w: False, lambda v, w: (v, w), [a, b]", (4, 3), (None,)),
          called("lambda v, w: False, lambda v, w: (v, w), (x, 1)", (4, 3)),
          optional={"maximum_iterations": [3]}),
    tried("fori_loop", called("0, 3, lambda i, v: v + 1, x", (4, 3)),
          called("0, 3, lambda i, v: v + 1, x", (None,)),
          called("0, 3, lambda i, v: v, (x, x)", (4, 3))),
]  # fmt: skip

REFUSING = [
    *elementwise("ops", "bartlett", "blackman", "hamming", "hanning", "convert_to_numpy", "arange"),
    tried("kaiser", required={"beta": [1.0]}),
]

LAYERS = [
    *ARRANGING,
    *ALGEBRA,
    *SIGNAL_PROCESSING,
    *COUNTING,
    *COMPARING,
    *WINDOWS,
    *IMAGES,
    *LOOPS,
    *REFUSING,
]
