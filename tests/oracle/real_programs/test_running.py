"""How a program is made the main module."""

from __future__ import annotations

from tests.oracle.real_programs.running import package_of


def test_a_module_of_a_package_knows_it_so_that_its_relative_imports_work(tmp_path):
    folder = tmp_path / "networks" / "blocks"
    folder.mkdir(parents=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").touch()
    assert package_of(folder / "residual.py") == "networks.blocks"
    assert package_of(folder.parent / "resnet.py") == "networks"


def test_a_script_is_in_no_package(tmp_path):
    assert package_of(tmp_path / "train.py") == ""
