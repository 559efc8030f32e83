"""Engine: one notebook executed by papermill on a kernel of its own, and what really happened.

What it answers: the executed notebook, which cells completed, and why it stopped if it did.
papermill injects the parameters and hands the notebook to the engine registered here, which runs
it with nbclient: over sockets in a private folder instead of network ports, within a time for the
whole notebook, without asking a hanging kernel politely, and within a limit of output.

What it leaves out: whether the result is good (`tandem.batch.judge`) and the process that this runs
in (`tandem.batch.worker`). papermill's saved notebook is no witness: it says "completed" for every
cell after a time-out, and its exit code is 0 after `sys.exit(0)`.

Who may import it: `tandem.batch.worker`, in a process of its own.
"""

import asyncio
import contextlib
import logging
import os
import re
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import zmq.asyncio
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async, run_sync
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.execute import execute_notebook

__all__ = ["Execution", "execute", "place_of"]

NAME = "tandem"
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass
class Execution:
    """What one execution did: `completed` are positions of cells that ran to their end.

    `error` is None or one line that says why the execution stopped; `log` is for the person who
    mends the notebook (traceback, standard error) and is never published.
    """

    notebook: nbformat.NotebookNode
    completed: list[int] = field(default_factory=list)
    error: str | None = None
    log: str = ""
    seconds: float = 0.0
    alive_at_end: bool = False


@dataclass(frozen=True)
class Limits:
    """Bounds of one notebook: seconds from kernel start to last cell, and bytes of output."""

    timeout_s: float
    output_bytes: int


def execute(
    notebook: Path,
    parameters: Mapping[str, Any],
    *,
    private: Path,
    environment: Mapping[str, str],
    timeout_s: float,
    output_bytes: int,
) -> Execution:
    """Run `notebook` with `parameters` in its own folder and say what happened; raises nothing.

    `private` is an empty folder with a short path, for the kernel's sockets; `environment` is that
    of the kernel. The notebook file itself is not changed.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    papermill_engines.register(NAME, _TandemEngine)
    execution = Execution(nbformat.v4.new_notebook())
    began = time.monotonic()
    try:
        execute_notebook(
            str(notebook),
            None,
            parameters=dict(parameters),
            engine_name=NAME,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=str(notebook.parent),
            execution=execution,
            limits=Limits(timeout_s, output_bytes),
            private=private,
            environment=environment,
        )
    except Exception as error:  # a notebook's failure is a result here, whatever it was
        if execution.error is None:
            execution.error = _one_line(f"{type(error).__name__}: {error}")
        execution.log += f"\n{_ANSI.sub('', str(error))}\n"
    execution.seconds = time.monotonic() - began
    return execution


class _TandemEngine(Engine):
    """The engine that papermill calls; see the module."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        execution: Execution,
        limits: Limits,
        private: Path,
        environment: Mapping[str, str],
        **_unused: Any,
    ) -> None:
        """Run the cells; leaves what happened in `execution`, whose notebook is papermill's."""
        execution.notebook = nb_man.nb
        client = _Client(nb_man, kernel_name, execution, limits, private)
        try:
            client.execute(env=dict(environment), cwd=str(Path.cwd()))
        except CellExecutionError as error:
            execution.error = f"{client.place}: {_one_line(f'{error.ename}: {error.evalue}')}"
            execution.log += _ANSI.sub("", error.traceback)
        except CellTimeoutError:
            execution.error = client.stopped or client.overdue()
        except DeadKernelError:
            execution.error = client.stopped or f"{client.place}: its kernel died"


class _Manager(AsyncKernelManager):
    """A kernel whose messages over `message_bytes` are refused before they take memory here."""

    def __init__(self, *, message_bytes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._message_bytes = message_bytes

    def client(self, **kwargs: Any) -> Any:
        """A client whose sockets carry that limit."""
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.MAXMSGSIZE, self._message_bytes)
        return super().client(context=context, **kwargs)


class _Client(NotebookClient):
    """nbclient with a deadline for the whole notebook, a limit of output, and honest endings."""

    def __init__(
        self,
        manager: NotebookExecutionManager,
        kernel_name: str,
        execution: Execution,
        limits: Limits,
        private: Path,
    ) -> None:
        kernel = _Manager(
            kernel_name=kernel_name,
            message_bytes=limits.output_bytes,
            transport="ipc",
            ip=str(private / "k"),
            connection_file=str(private / "kernel.json"),
        )
        super().__init__(
            manager.nb,
            km=kernel,
            timeout_func=self._seconds_left,
            startup_timeout=60,
            iopub_timeout=4,
            raise_on_iopub_timeout=True,
            interrupt_on_timeout=False,
            force_raise_errors=True,
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            shutdown_kernel="immediate",
            on_cell_start=self._started,
            on_cell_executed=self._executed,
        )
        self.log.setLevel(logging.CRITICAL)
        self.owns_km = True  # the kernel is ours: it is shut down at the end, whatever happens
        self._position = 0
        self.stopped: str | None = None
        self._manager = manager
        self._execution = execution
        self._limits = limits
        self._private = private
        self._deadline = time.monotonic() + limits.timeout_s
        self._printed = 0
        self._watching: asyncio.Future[None] | None = None

    def _seconds_left(self, cell: Any) -> float:
        """Time that a cell may still take; never 0, which nbclient reads as no limit."""
        return max(0.05, self._deadline - time.monotonic())

    def overdue(self) -> str:
        """Why a cell never ended: its time was up, or its output never came through."""
        if time.monotonic() < self._deadline:
            return f"{self.place}: its output was lost"
        return f"{self.place}: still running after {self._limits.timeout_s:g} s"

    @property
    def place(self) -> str:
        """The cell that runs, for messages."""
        return place_of(self.nb, self._position)

    def _started(self, cell: Any, cell_index: int) -> None:
        self._position = cell_index
        self._manager.cell_start(cell, cell_index)

    def _executed(self, cell: Any, cell_index: int, execute_reply: Mapping[str, Any]) -> None:
        self._manager.cell_complete(cell, cell_index)
        if execute_reply["content"].get("status") == "ok":
            self._execution.completed.append(cell_index)

    async def async_start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel and leave its process number where the parent finds it."""
        await super().async_start_new_kernel(**kwargs)
        pid = getattr(self.km.provisioner, "pid", None) if self.km else None
        if pid:
            (self._private / "kernel.pid").write_text(str(pid))

    async def async_start_new_kernel_client(self) -> Any:
        """Connect, and watch the line: a message over the limit breaks it."""
        client = await super().async_start_new_kernel_client()
        line = client.iopub_channel.socket
        monitor = line.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        self._watching = asyncio.ensure_future(self._watch(monitor))
        return client

    async def _watch(self, monitor: Any) -> None:
        """Stop a kernel that lives on after its line broke: it sent too much at once."""
        await monitor.recv_multipart()
        await asyncio.sleep(0.3)  # a kernel that died broke the line by that, and is gone by now
        if self.km is not None and await ensure_async(self.km.is_alive()):
            self._too_much()

    async def async_execute(self, reset_kc: bool = False, **kwargs: Any) -> nbformat.NotebookNode:
        """Every cell in order, then whether the kernel is still there after the last one."""
        self.reset_execution_trackers()
        async with self.async_setup_kernel(**kwargs):
            try:
                for index, cell in enumerate(self.nb.cells):
                    await self.async_execute_cell(
                        cell, index, execution_count=self.code_cells_executed + 1
                    )
                await asyncio.sleep(0.05)  # a kernel told to exit by its last cell is gone by now
                alive = await ensure_async(self.km.is_alive()) if self.km else False
                self._execution.alive_at_end = bool(alive)
            finally:
                if self._watching is not None:
                    self._watching.cancel()
        return self.nb

    execute = run_sync(async_execute)  # as nbclient binds it: to this method, not to its own

    def process_message(
        self, msg: dict[str, Any], cell: nbformat.NotebookNode, cell_index: int
    ) -> nbformat.NotebookNode | None:
        """Count what comes in, and stop a kernel that prints without end."""
        content = msg["content"]
        parts = [content.get("text"), *(content.get("data") or {}).values()]
        self._printed += sum(len(part) for part in parts if isinstance(part, str))
        if self._printed > self._limits.output_bytes:
            self._too_much()
            return None
        return super().process_message(msg, cell, cell_index)

    def _too_much(self) -> None:
        """End the kernel and what it started, at once, for its output."""
        megabytes = self._limits.output_bytes / 1e6
        self.stopped = f"{self.place}: printed more than {megabytes:g} MB"
        pid = getattr(self.km.provisioner, "pid", None) if self.km else None
        if pid:
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)


def place_of(notebook: nbformat.NotebookNode, position: int) -> str:
    """A cell by its number in the notebook that a person wrote, without the injected one."""
    before = notebook["cells"][:position]
    added = sum("injected-parameters" in cell.metadata.get("tags", ()) for cell in before)
    return f"cell {position + 1 - added}"


def _one_line(text: str) -> str:
    """The first line that says something, without terminal colours, at most 200 characters."""
    for line in _ANSI.sub("", text).splitlines():
        if line.strip():
            return line.strip()[:200]
    return "no message"
