"""Which Keras a project means, from the files that say what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from flatlint.config import ProjectEras, project_eras


def eras(folder: Path, name: str, text: str) -> tuple[set[int] | None, set[int] | None]:
    """The eras of `keras` and of `tf.keras` in a project with that one file."""
    (folder / ".git").mkdir(exist_ok=True)
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    found = project_eras(folder / "model.py")
    return (
        None if found.keras is None else set(found.keras),
        None if found.tf_keras is None else set(found.tf_keras),
    )


@pytest.mark.parametrize(
    ("line", "keras", "tf_keras"),
    [
        # Keras 1 never was tf.keras: TensorFlow has carried Keras 2 since it carries any.
        ("keras==1.2.2", {1}, {2}),
        ("Keras<2", {1}, {2}),
        ("keras==2.3.1", {2}, {2}),
        ("keras>=2.0,<3", {2}, {2}),
        ("keras<3", {2}, {2}),
        ("keras==2.*", {2}, {2}),
        ("keras~=3.0", {3}, {3}),
        ("keras>=3", {3}, {3}),
        ("keras>=2.4", {2, 3}, {2, 3}),
        ("keras", None, None),
        ("tensorflow==1.15.0", {2}, {2}),
        ("tensorflow-gpu==2.10.1", {2}, {2}),
        ("tensorflow_cpu == 2.15.1", {2}, {2}),
        ("tensorflow<2.16", {2}, {2}),
        ("tensorflow==2.16.1", {3}, {3}),
        ("tensorflow>=2.16", {3}, {3}),
        ("tensorflow~=2.15.0", {2}, {2}),
        ("tensorflow~=2.12", {2, 3}, {2, 3}),
        ("tensorflow>=2.10", {2, 3}, {2, 3}),
        ("tensorflow[and-cuda]>=2.17 ; python_version >= '3.9'  # why", {3}, {3}),
        # tf-keras may turn tf.keras back to Keras 2 through TF_USE_LEGACY_KERAS.
        ("tensorflow==2.16.1\ntf-keras==2.16.0", {3}, {2, 3}),
        ("keras==2.3.1\ntensorflow>=2.16", {2}, {3}),
        # No environment has both: extras for the one and for the other.
        ("keras>=3.10\ntensorflow>=2.8,<=2.14.1\ntensorflow>=2.15", {2, 3}, {2, 3}),
        ("keras>=3.0\ntensorflow>=2.10", {3}, {2, 3}),
        ("# keras==2.3.1", None, None),
        ("keras-tuner==1.0.0\ntensorflow-datasets==1.0\nmykeras==1", None, None),
        ("-r other.txt\n--hash=keras==1.0", None, None),
        ("keras @ https://example.org/keras-2.3.1.zip", None, None),
        ("keras==not.a.version", None, None),
    ],
)
def test_requirement_lines(
    tmp_path: Path, line: str, keras: set[int] | None, tf_keras: set[int] | None
) -> None:
    assert eras(tmp_path, "requirements.txt", f"numpy>=1\n{line}\n") == (keras, tf_keras)


KERAS_2 = ({2}, {2})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements-dev.txt", "keras==2.3.1\n"),
        ("requirements/base.txt", "keras==2.3.1\n"),
        ("constraints.txt", "keras==2.3.1\n"),
        ("pyproject.toml", '[project]\ndependencies = ["keras>=2,<3"]\n'),
        ("pyproject.toml", '[project.optional-dependencies]\nml = ["keras>=2,<3"]\n'),
        ("pyproject.toml", '[dependency-groups]\nml = ["keras>=2,<3", {include-group = "x"}]\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nkeras = "^2.4"\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nkeras = {version = "~2.4", extras=[]}\n'),
        ("pyproject.toml", '[tool.poetry.group.ml.dependencies]\nkeras = "2.4.3"\n'),
        ("setup.cfg", "[options]\ninstall_requires =\n    numpy\n    keras>=2,<3\n"),
        ("setup.cfg", "[options.extras_require]\nml = keras==2.3.1\n"),
        ("setup.py", "setup(install_requires=['numpy', \"keras>=2,<3\"])\n"),
        ("environment.yml", "name: x\ndependencies:\n  - python=3.6\n  - keras=2.3\n"),
        ("environment.yml", "dependencies:\n  - conda-forge::keras=2.3.1=py37_0\n"),
        ("environment.yaml", "dependencies:\n  - pip:\n    - keras==2.3.1\n"),
        ("Pipfile", '[packages]\nkeras = "==2.3.1"\n'),
        ("Pipfile", '[packages]\nkeras = {version = "==2.3.1"}\n'),
        ("uv.lock", '[[package]]\nname = "keras"\nversion = "2.15.0"\nsource = 1\n'),
        ("poetry.lock", '[[package]]\nname = "keras"\nversion = "2.15.0"\ndescription = ""\n'),
    ],
)
def test_every_kind_of_metadata_file(tmp_path: Path, name: str, text: str) -> None:
    assert eras(tmp_path, name, text) == KERAS_2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", "keras = [not toml"),
        ("pyproject.toml", 'project = "keras"\n'),
        ("pyproject.toml", '[project]\nname = "keras"\nversion = "2.0"\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nkeras = "*"\n'),
        ("pyproject.toml", '[project]\ndependencies = ["keras>=2,<3", 3]\n[[['),
        ("setup.py", "# keras is great\nname = 'keras-models'\n"),
        ("environment.yml", "name: keras\ndependencies:\n  - keras\n"),
    ],
)
def test_what_says_nothing_or_cannot_be_read_says_nothing(
    tmp_path: Path, name: str, text: str
) -> None:
    assert eras(tmp_path, name, text) == (None, None)


def test_a_lock_file_narrows_a_range(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["keras>=2"]\n')
    lock = '[[package]]\nname = "keras"\nversion = "3.1.0"\n'
    assert eras(tmp_path, "uv.lock", lock) == ({3}, {3})


def test_files_that_contradict_each_other_leave_both_open(tmp_path: Path) -> None:
    (tmp_path / "requirements-new.txt").write_text("tensorflow==2.17.0\n")
    assert eras(tmp_path, "requirements-old.txt", "tensorflow==1.15.0\n") == ({2, 3}, {2, 3})


def test_the_nearest_folder_that_pins_something_counts(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("keras==3.1\n")
    inner = tmp_path / "old"
    inner.mkdir()
    (inner / "requirements.txt").write_text("keras==1.2.2\n")
    deeper = tmp_path / "new" / "deep"
    deeper.mkdir(parents=True)
    (deeper / "requirements.txt").write_text("numpy\n")
    assert project_eras(inner / "model.py").keras == frozenset({1})
    assert project_eras(deeper / "model.py").keras == frozenset({3})


@pytest.mark.parametrize("mark", [".git", "flatlint.toml"])
def test_nothing_is_looked_for_above_the_root_of_a_project(tmp_path: Path, mark: str) -> None:
    (tmp_path / "requirements.txt").write_text("keras==3.1\n")
    project = tmp_path / "project"
    project.mkdir()
    (project / mark).write_text("")
    assert project_eras(project / "model.py") == ProjectEras()


def test_a_metadata_file_of_bytes_is_no_stop(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "requirements.txt").write_bytes(b"\xff\xfe keras==2.3.1\nkeras==2.3.1\n")
    assert project_eras(tmp_path).keras == frozenset({2})
