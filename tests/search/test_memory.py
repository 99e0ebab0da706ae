"""The writer of the index takes no more memory than there is, and says when that is little."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kerman_tui.search.memory import LEAST, MOST, MOST_EACH, MOST_IN_ALL, writer_heap, writers_together

MIB = 1 << 20


@pytest.fixture
def machine(tmp_path: Path) -> tuple[Path, Path]:
    """A process in a control group on a machine with much memory."""
    process, groups = tmp_path / "proc" / "self", tmp_path / "cgroup"
    process.mkdir(parents=True)
    (groups / "desk" / "session").mkdir(parents=True)
    (process / "statm").write_text("1000 500 0 0 0 0 0\n")
    (process / "cgroup").write_text("0::/desk/session\n")
    (process.parent / "meminfo").write_text("MemTotal: 99 kB\nMemAvailable: 16777216 kB\n")
    return process, groups


def test_with_room_the_writer_takes_what_it_likes(machine: tuple[Path, Path]) -> None:
    assert writer_heap(*machine) == MOST


def test_a_limit_of_a_group_above_counts(machine: tuple[Path, Path]) -> None:
    for folder, most in (("desk", str(400 * MIB)), ("desk/session", "max")):
        (machine[1] / folder / "memory.max").write_text(most + "\n")
        (machine[1] / folder / "memory.current").write_text(str(100 * MIB))
    assert writer_heap(*machine) == 25 * MIB


def test_with_hardly_any_memory_it_takes_the_least_that_is_possible(machine: tuple[Path, Path]) -> None:
    (machine[0].parent / "meminfo").write_text("MemAvailable: 1000 kB\n")
    assert writer_heap(*machine) == LEAST


@pytest.mark.parametrize(
    ("gibibytes", "asked", "writers", "heap"),
    [
        (16, 2, 2, MOST_EACH),
        (3, 2, 2, 3 * 1024 * MIB // 12 // 2),
        (2, 2, 1, 2 * 1024 * MIB // 12),
        (64, 64, 4, MOST_IN_ALL // 4),
    ],
)
def test_as_many_write_together_as_there_is_memory_for(
    machine: tuple[Path, Path], gibibytes: int, asked: int, writers: int, heap: int
) -> None:
    (machine[0].parent / "meminfo").write_text(f"MemAvailable: {gibibytes << 20} kB\n")
    assert writers_together(asked, *machine) == (writers, heap)


def test_what_cannot_be_read_limits_nothing(tmp_path: Path) -> None:
    assert writer_heap(tmp_path / "none" / "self", tmp_path / "none") == MOST


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the address space are told by Linux")
def test_under_a_limit_of_the_process_it_indexes_in_smaller_parts_and_says_so(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))\n"
        "from kerman_tui.model import *; from kerman_tui.search.index import *\n"
        "from kerman_tui.search.opening import *\n"
        "text = Paragraph('Officials spoke in Kerman. ' * 40, 2)\n"
        "several = (Document(n, Article(str(n), 'T', 'RT', (text,), Source('f'))) for n in range(200))\n"
        "index = build_index(several, Path(sys.argv[1])); print(len(index), *index.notices)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("200 memory is short")
