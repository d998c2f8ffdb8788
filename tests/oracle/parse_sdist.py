"""An old release of Keras, read from its unpacked source distribution without importing it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

MADE_BY_FUNCTIONS = {"AtrousConvolution1D": "Conv1D", "AtrousConvolution2D": "Conv2D"}
LAYER_HOMES = ("keras.layers", "keras.engine", "keras.legacy.layers")


@dataclass
class OldModule:
    """The top level of one old module."""

    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)


class Sdist:
    """One unpacked release."""

    def __init__(self, root: Path) -> None:
        self.root = root
        metadata = (root / "PKG-INFO").read_text(encoding="utf-8")
        found = re.search(r"^Version: (.*)$", metadata, re.MULTILINE)
        assert found
        self.version = found.group(1)

    @cached_property
    def parsed(self) -> dict[str, OldModule]:
        """Every module of the package by its dotted path."""
        found = {}
        for path in sorted((self.root / "keras").rglob("*.py")):
            parts = list(path.relative_to(self.root).with_suffix("").parts)
            is_package = parts[-1] == "__init__"
            dotted = ".".join(parts[:-1] if is_package else parts)
            found[dotted] = _read_module(path, dotted, is_package)
        return found

    def names_in(self, module: str) -> dict[str, tuple[str, str]]:
        """Public name -> (defining module, name there), imports and stars followed."""
        names = {name for name in self._written_in(module, set()) if not name.startswith("_")}
        found = {name: self._home_of(module, name, set()) for name in sorted(names)}
        return {name: home for name, home in found.items() if home}

    def _written_in(self, module: str, seen: set[str]) -> set[str]:
        read = self.parsed.get(module)
        if read is None or module in seen:
            return set()
        found = {*read.imports, *read.classes, *read.functions, *read.aliases}
        for star in read.stars:
            found |= self._written_in(star, seen | {module})
        return found

    def _home_of(
        self, module: str, name: str, seen: set[tuple[str, str]]
    ) -> tuple[str, str] | None:
        read = self.parsed.get(module)
        if read is None or (module, name) in seen:
            return None
        seen = seen | {(module, name)}
        if name in read.classes or name in read.functions:
            return module, name
        if name in read.aliases:
            return self._home_of(module, read.aliases[name], seen)
        if name in read.imports:
            home, there = read.imports[name]
            if f"{home}.{there}" in self.parsed:
                return f"{home}.{there}", ""
            return self._home_of(home, there, seen)
        for star in reversed(read.stars):
            if home_there := self._home_of(star, name, seen):
                return home_there
        return None

    def modules(self) -> dict[str, str]:
        """Module path -> public names in it, as the other eras have them."""
        found = {}
        for module in self.parsed:
            children = {
                path.removeprefix(module + ".").split(".")[0]
                for path in self.parsed
                if path.startswith(module + ".")
            }
            found[module] = " ".join(sorted({*self.names_in(module), *children}))
        return found

    @cached_property
    def _classes(self) -> dict[str, tuple[str, ast.ClassDef]]:
        return {
            name: (module, node)
            for module, read in self.parsed.items()
            for name, node in read.classes.items()
        }

    @cached_property
    def _layer_names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for module in self.parsed:
            if module.startswith(LAYER_HOMES) and not module.startswith("keras.engine.training"):
                for name, (home, there) in self.names_in(module).items():
                    if there in self.parsed.get(home, OldModule()).classes and self._is_layer(
                        there
                    ):
                        found[name] = there
        return found

    def _is_layer(self, name: str) -> bool:
        if name in ("Layer", "InputSpec"):
            return True
        if name in ("Container", "Network", "Model", "Sequential") or name not in self._classes:
            return False
        return any(self._is_layer(base) for base in self._bases(name))

    def _bases(self, name: str) -> list[str]:
        return [ast.unparse(b).split(".")[-1] for b in self._classes[name][1].bases]

    def layers(self) -> dict[str, tuple[str, list[str]]]:
        """Layer class -> its constructor's parameters and the keywords taken beyond them."""
        return {name: self.constructor(name) for name in sorted(set(self._layer_names.values()))}

    def aliases(self) -> dict[str, str]:
        """Other names of layer classes; what 2.3.1 has as functions that make such a layer too."""
        found = {name: there for name, there in self._layer_names.items() if name != there}
        for name in self.parsed.get("keras.legacy.layers", OldModule()).functions:
            if name in MADE_BY_FUNCTIONS:
                found[name] = MADE_BY_FUNCTIONS[name]
        return dict(sorted(found.items()))

    def constructor(self, name: str) -> tuple[str, list[str]]:
        """Parameters of a class and what its bases take through `**kwargs`."""
        init = self._init_of(name)
        if init is None:
            return "", []
        owner, node = init
        names = _names_of(node)
        also = self._passed_up(owner, node) - names if node.args.kwarg else set()
        return parameters_of(node), sorted(also)

    def _init_of(self, name: str) -> tuple[str, ast.FunctionDef] | None:
        if name not in self._classes:
            return None
        for statement in self._classes[name][1].body:
            if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
                return name, statement
        for base in self._bases(name):
            if base != name and (found := self._init_of(base)):
                return found
        return None

    def _passed_up(self, owner: str, node: ast.FunctionDef) -> set[str]:
        """Keywords that `**kwargs` of this constructor may hold without an error."""
        found = _taken_from_kwargs(node) | _allowed(node)
        call = _super_call(node)
        if call is None or not any(keyword.arg is None for keyword in call.keywords):
            return found
        for base in self._bases(owner):
            above = self._init_of(base)
            if above is None or base == owner:
                continue
            parent, init = above
            given = {keyword.arg for keyword in call.keywords}
            given |= {a.arg for a in init.args.args[1:][: len(call.args)]}
            upper = _names_of(init)
            if init.args.kwarg:
                upper |= self._passed_up(parent, init)
            return found | {name for name in upper if name not in given}
        return found

    def layer_functions(self) -> dict[str, str]:
        """Functions that stand among the layers: `Input`, `merge`, `add`."""
        found = {}
        for name, (home, there) in self.names_in("keras.layers").items():
            function = self.parsed.get(home, OldModule()).functions.get(there)
            if function is not None:
                found[name] = parameters_of(function, skip=0)
        return found

    def functions_in(self, module: str) -> dict[str, str]:
        """Functions of one module."""
        functions = self.parsed.get(module, OldModule()).functions
        return {n: parameters_of(f, skip=0) for n, f in functions.items() if n[0] != "_"}

    def classes_in(self, module: str) -> dict[str, tuple[str, list[str]]]:
        """Classes of one module."""
        classes = self.parsed.get(module, OldModule()).classes
        return {name: self.constructor(name) for name in classes if name[0] != "_"}

    def models(self) -> dict[str, str]:
        """Constructors of the model classes."""
        return {name: self.constructor(name)[0] for name in ("Model", "Sequential")}

    def model_methods(self) -> dict[str, str]:
        """Methods of a model; those of Sequential win over those of Model."""
        found: dict[str, str] = {}
        for name in ("Container", "Network", "Model", "Sequential"):
            if name in self._classes:
                for node in self._classes[name][1].body:
                    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                        found[node.name] = parameters_of(node)
        return dict(sorted(found.items()))

    def applications(self) -> dict[str, dict[str, Any]]:
        """The ready-made models of that release."""
        found: dict[str, dict[str, Any]] = {}
        for module, read in self.parsed.items():
            if module.startswith("keras.applications."):
                for name, node in read.functions.items():
                    if name[0].isupper():
                        found[name] = {
                            "takes": parameters_of(node, skip=0),
                            "paths": [f"{module}.{name}"],
                        }
        return found

    def interfaces(self) -> dict[str, Any]:
        """How the release translated arguments of its predecessor, by layer class."""
        path = self.root / "keras" / "legacy" / "interfaces.py"
        tables = _interface_tables(ast.parse(path.read_text(encoding="utf-8")))
        found: dict[str, Any] = {}
        for name in sorted(set(self._layer_names.values())):
            init = self._init_of(name)
            for decorator in init[1].decorator_list if init else ():
                table = ast.unparse(decorator).removeprefix("interfaces.")
                if table in tables:
                    found[name] = tables[table]
        return found


def _read_module(path: Path, dotted: str, is_package: bool) -> OldModule:
    read = OldModule()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            read.classes[node.name] = node
        elif isinstance(node, ast.FunctionDef):
            read.functions[node.name] = node
        elif isinstance(node, ast.ImportFrom):
            _read_import(read, node, dotted, is_package)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    read.aliases[target.id] = node.value.id
    return read


def _read_import(read: OldModule, node: ast.ImportFrom, dotted: str, is_package: bool) -> None:
    parts = dotted.split(".")
    base = parts[: len(parts) - node.level + (1 if is_package else 0)] if node.level else []
    home = ".".join([*base, *([node.module] if node.module else [])])
    if not home.startswith("keras"):
        return
    for name in node.names:
        if name.name == "*":
            read.stars.append(home)
        else:
            read.imports[name.asname or name.name] = (home, name.name)


def parameters_of(node: ast.FunctionDef, skip: int = 1) -> str:
    """Parameters as Python writes them; `...` for a default that is no literal."""
    arguments = node.args
    names = [argument.arg for argument in arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(names) - len(arguments.defaults))
    pieces = []
    for name, default in list(zip(names, [*defaults, *arguments.defaults], strict=True))[skip:]:
        pieces.append(name if default is None else f"{name}={_literal(default)}")
    if arguments.vararg:
        pieces.append(f"*{arguments.vararg.arg}")
    if arguments.kwarg:
        pieces.append(f"**{arguments.kwarg.arg}")
    return ", ".join(pieces)


def _literal(node: ast.expr) -> str:
    try:
        return repr(ast.literal_eval(node))
    except ValueError:
        return "..."


def _names_of(node: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in node.args.args[1:]}


def _taken_from_kwargs(node: ast.FunctionDef) -> set[str]:
    found = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "kwargs.pop":
            found.add(str(ast.literal_eval(call.args[0])))
    return found


def _allowed(node: ast.FunctionDef) -> set[str]:
    for statement in ast.walk(node):
        if (
            isinstance(statement, ast.Assign)
            and ast.unparse(statement.targets[0]) == "allowed_kwargs"
        ):
            return set(ast.literal_eval(statement.value))
    return set()


def _super_call(node: ast.FunctionDef) -> ast.Call | None:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("super("):
            return call
    return None


def _interface_tables(tree: ast.Module) -> dict[str, Any]:
    tables = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            given = {k.arg: k.value for k in node.value.keywords if k.arg}
            if "partial" in ast.unparse(node.value.func):
                continue
            table: dict[str, Any] = {}
            for key in ("conversions", "value_conversions"):
                if key in given:
                    table[key] = ast.literal_eval(given[key])
            if isinstance(given.get("allowed_positional_args"), ast.List):
                table["positional"] = ast.literal_eval(given["allowed_positional_args"])
            if "preprocessor" in given:
                table["preprocessor"] = ast.unparse(given["preprocessor"])
            if isinstance(node.targets[0], ast.Name):
                tables[node.targets[0].id] = table
    return tables
