"""`python -m mypy.stubtest`, for a native half that is one module whose stubs lie in many files.

stubtest imports what it compares, and skips names that a stub only passes on. So each of those files gets a module
here, with what it declares.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType

from mypy import stubtest

from handfast import _native

FOLDER = Path(str(_native.__file__)).with_name("_native")


def stand_in(name: str, stub: str) -> ModuleType:
    """The module that a stub speaks of: the classes it declares, or passes on."""
    body = ast.parse(stub).body
    classes = [node.name for node in body if isinstance(node, ast.ClassDef)]
    passed_on = [each.name for node in body if isinstance(node, ast.ImportFrom) for each in node.names]
    module = ModuleType(name)
    for each in classes or passed_on:
        setattr(module, each, getattr(_native, each))
    if not classes:
        module.__dict__["__all__"] = passed_on
    return module


for path in FOLDER.glob("*/*.pyi"):
    parts = path.relative_to(FOLDER).with_suffix("").parts
    name = ".".join(["handfast._native", *(part for part in parts if part != "__init__")])
    sys.modules[name] = stand_in(name, path.read_text("utf-8"))

sys.exit(stubtest.main())
