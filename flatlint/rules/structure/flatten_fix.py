"""The fix that puts a `Flatten()` before a layer, in the style in which the model is written."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from flatlint.diagnostics import Applicability
from flatlint.graph import LayerCall, Site
from flatlint.rules.edits import NodeEdit, NodeFix, Where

_INPUT_KEYWORDS = ("input_shape", "batch_input_shape", "input_dim")
_EMPTY = cst.Module([])


def flatten_before(call: LayerCall) -> NodeFix | None:
    """The fix, or `None` where the program is written in a way that it does not know."""
    made = call.layer.site.node
    if not isinstance(made, cst.Call) or call.site.source is not call.layer.site.source:
        return None
    spelled = _spelled(made)
    if spelled is None:
        return None
    edits = [*_inserted(call, made, spelled), *_imported(call.layer.site, made)]
    if not any(edit.where is not Where.AFTER or edit.text == ")" for edit in edits):
        return None
    title = f"Add {spelled}() before {_EMPTY.code_for_node(made)}"
    return NodeFix(Applicability.UNSAFE, title, tuple(edits))


def _spelled(made: cst.Call) -> str | None:
    """How the program would write `Flatten`, going by how it writes this layer."""
    match made.func:
        case cst.Name():
            return "Flatten"
        case cst.Attribute(value=owner):
            return f"{_EMPTY.code_for_node(owner)}.Flatten"
        case _:
            return None


def _inserted(call: LayerCall, made: cst.Call, spelled: str) -> Iterator[NodeEdit]:
    where = call.site.node
    match where:
        case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value="add"))):
            model = _EMPTY.code_for_node(owner)
            arguments = _input_arguments(made)
            text = f"{model}.add({spelled}({', '.join(map(_code, arguments))}))"
            yield NodeEdit(call.site, Where.LINE_BEFORE, text)
            yield from _without(call.layer.site, made, arguments)
        case cst.Call(func=cst.Name() | cst.Attribute()) if made is not where and _lists(
            where, made
        ):
            arguments = _input_arguments(made)
            text = f"{spelled}({', '.join(map(_code, arguments))})"
            yield NodeEdit(call.layer.site, Where.ELEMENT_BEFORE, text)
            yield from _without(call.layer.site, made, arguments)
        case cst.Call(args=[cst.Arg(keyword=None, star="", value=given)]) if made is not where:
            site = Site(call.site.source, given)
            yield NodeEdit(site, Where.BEFORE, f"{spelled}()(")
            yield NodeEdit(site, Where.AFTER, ")")


def _lists(call: cst.Call, made: cst.Call) -> bool:
    """Whether the layer is an element of a list that is passed to the call."""
    for argument in call.args:
        if isinstance(argument.value, cst.List | cst.Tuple):
            return any(element.value is made for element in argument.value.elements)
    return False


def _input_arguments(made: cst.Call) -> list[cst.Arg]:
    return [a for a in made.args if a.keyword is not None and a.keyword.value in _INPUT_KEYWORDS]


def _code(argument: cst.Arg) -> str:
    return _EMPTY.code_for_node(argument.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip()


def _without(site: Site, made: cst.Call, arguments: list[cst.Arg]) -> Iterator[NodeEdit]:
    """The layer without what now stands at `Flatten`: the input is that of the first layer."""
    if not arguments:
        return
    kept = [argument for argument in made.args if argument not in arguments]
    if kept:
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    yield NodeEdit(site, Where.INSTEAD, _EMPTY.code_for_node(made.with_changes(args=kept)))


def _imported(site: Site, made: cst.Call) -> Iterator[NodeEdit]:
    """`Flatten` imported from where the layer comes from, unless it is there already."""
    if not isinstance(made.func, cst.Name):
        return
    imports = list(_imports(site.source.module))
    if any(_bound(alias) == "Flatten" for _, aliases in imports for alias in aliases):
        return
    for _, aliases in imports:
        for alias in aliases:
            if _bound(alias) == made.func.value:
                yield NodeEdit(Site(site.source, alias.name), Where.AFTER, ", Flatten")
                return


def _imports(module: cst.Module) -> Iterator[tuple[cst.ImportFrom, list[cst.ImportAlias]]]:
    for line in module.body:
        for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.ImportFrom) and not isinstance(small.names, cst.ImportStar):
                yield small, list(small.names)


def _bound(alias: cst.ImportAlias) -> str:
    name = alias.asname.name if alias.asname is not None else alias.name
    return name.value if isinstance(name, cst.Name) else ""
