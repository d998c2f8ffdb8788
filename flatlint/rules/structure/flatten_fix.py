"""The fix that puts a `Flatten()` before a layer, in the style in which the model is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from flatlint.diagnostics import Applicability
from flatlint.graph import LayerCall, Site
from flatlint.parsing.nodes import path_to
from flatlint.rules.edits import NodeEdit, NodeFix, Where
from flatlint.rules.structure.imported_layers import imported_beside
from flatlint.rules.structure.written_layers import (
    attribute_of,
    attributes_set_in,
    code,
    is_add,
    lists,
    only_argument,
)

_INPUT_KEYWORDS = ("input_shape", "batch_input_shape", "input_dim")


def flatten_before(call: LayerCall) -> NodeFix | None:
    """The fix, or `None` where the program is written in a way that it does not know."""
    made = call.layer.site.node
    if not isinstance(made, cst.Call) or call.site.source is not call.layer.site.source:
        return None
    spelled = _spelled(made)
    imports = _imported(call.layer.site, made)
    if spelled is None or imports is None:
        return None
    edits = list(_inserted(call, made, spelled))
    if not edits:
        return None
    if not any(spelled in edit.text for edit in edits):
        imports = []
    title = f"Add {spelled}() before {code(made)}"
    return NodeFix(Applicability.UNSAFE, title, (*edits, *imports))


def _spelled(made: cst.Call) -> str | None:
    """How the program would write `Flatten`, going by how it writes this layer."""
    match made.func:
        case cst.Name():
            return "Flatten"
        case cst.Attribute(value=owner):
            return f"{code(owner)}.Flatten"
        case _:
            return None


def _imported(site: Site, made: cst.Call) -> list[NodeEdit] | None:
    if not isinstance(made.func, cst.Name):
        return []
    return imported_beside(site, made.func.value, "Flatten")


def _inserted(call: LayerCall, made: cst.Call, spelled: str) -> Iterator[NodeEdit]:
    where = call.site.node
    if is_add(where):
        yield from _added(call.site, call.layer.site, made, spelled)
    elif lists(where, made):
        yield from _listed(call.layer.site, made, spelled)
    elif isinstance(where, cst.Call) and where.func is made:
        yield from _called(call.site, f"{spelled}()")
    else:
        yield from _apart(call, made, spelled)


def _added(at: Site, site: Site, made: cst.Call, spelled: str) -> Iterator[NodeEdit]:
    """`model.add(Flatten())` on a line before."""
    assert isinstance(at.node, cst.Call) and isinstance(at.node.func, cst.Attribute)
    model = code(at.node.func.value)
    yield NodeEdit(at, Where.LINE_BEFORE, f"{model}.add({_flatten(made, spelled)})")
    yield from _without_input(site, made)


def _listed(site: Site, made: cst.Call, spelled: str) -> Iterator[NodeEdit]:
    """`Flatten()` as an element before the layer."""
    yield NodeEdit(site, Where.ELEMENT_BEFORE, _flatten(made, spelled))
    yield from _without_input(site, made)


def _called(at: Site, flatten: str) -> Iterator[NodeEdit]:
    """`layer(Flatten()(x))`."""
    given = only_argument(at.node)
    if given is not None:
        site = Site(at.source, given)
        yield NodeEdit(site, Where.BEFORE, f"{flatten}(")
        yield NodeEdit(site, Where.AFTER, ")")


def _apart(call: LayerCall, made: cst.Call, spelled: str) -> Iterator[NodeEdit]:
    """The layer is made in one place and called in another, or by the model that it is in."""
    source = call.layer.site.source
    path = path_to(made, source.module)
    where = call.site.node
    match path[-2:]:
        case [cst.Call() as adding, cst.Arg()] if is_add(adding):
            yield from _added(Site(source, adding), call.layer.site, made, spelled)
            return
        case [cst.List() | cst.Tuple(), cst.Element()] if not _is_variable(where):
            yield from _listed(call.layer.site, made, spelled)
            return
    kept = attribute_of(path)
    if kept is not None and isinstance(where, cst.Call) and code(where.func) == code(kept[1]):
        yield from _as_attribute(call.site, path, spelled)
    elif _is_variable(where):
        yield from _called(call.site, f"{spelled}()")


def _is_variable(where: cst.CSTNode) -> bool:
    return isinstance(where, cst.Call) and isinstance(where.func, cst.Name)


def _as_attribute(at: Site, path: Sequence[cst.CSTNode], spelled: str) -> Iterator[NodeEdit]:
    """`self.flatten = Flatten()` beside the layer, unless the class has one, and called."""
    kept = attribute_of(path)
    assert kept is not None
    statement, target = kept
    owner = code(target.value)
    known = dict(attributes_set_in(path))
    name = next((name for name, text in known.items() if text == f"{spelled}()"), None)
    if name is None:
        name = "flatten" if "flatten" not in known else f"flatten_before_{target.attr.value}"
        text = f"{owner}.{name} = {spelled}()"
        yield NodeEdit(Site(at.source, statement), Where.LINE_BEFORE, text)
    yield from _called(at, f"{owner}.{name}")


def _flatten(made: cst.Call, spelled: str) -> str:
    """`Flatten(…)` with what the layer says of its input: it is the first layer now."""
    return f"{spelled}({', '.join(map(_text, _input_arguments(made)))})"


def _input_arguments(made: cst.Call) -> list[cst.Arg]:
    return [a for a in made.args if a.keyword is not None and a.keyword.value in _INPUT_KEYWORDS]


def _text(argument: cst.Arg) -> str:
    return code(argument.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip()


def _without_input(site: Site, made: cst.Call) -> Iterator[NodeEdit]:
    arguments = _input_arguments(made)
    if not arguments:
        return
    kept = [argument for argument in made.args if argument not in arguments]
    if kept and kept[-1] is not made.args[-1]:
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    yield NodeEdit(site, Where.INSTEAD, code(made.with_changes(args=kept)))
