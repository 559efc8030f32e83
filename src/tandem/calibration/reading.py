"""Records from where they lie: a CSV or Parquet file, or a query to a database.

What it answers: the table behind a file's path or a database's address, as a frame; what is missing
where a package is.

What it leaves out: what the columns mean (`fitting` and the modules it calls).

Who may import it: charts, batch, site, cli and notebooks.
"""

from pathlib import Path

import pandas as pd

__all__ = ["name_of", "read_records"]

DATABASE = "://"  # in an address such as sqlite:///shop.db
PACKAGES = {"pyarrow": "parquet", "sqlalchemy": "sql"}


def read_records(source: str, query: str | None = None) -> pd.DataFrame:
    """The table in ``source``: a path ending in .csv or .parquet, or a database's address.

    An address, as SQLAlchemy takes it (sqlite:///shop.db), needs a ``query``, a file must have none.
    Raises ValueError with what would be right, also where a package is not installed.
    """
    if DATABASE in source:
        if not query:
            raise ValueError(f"{name_of(source)}: a database needs --query 'select ...'")
        return _queried(source, query)
    if query:
        raise ValueError(f"{source} is a file: --query needs an address such as sqlite:///shop.db")
    path = Path(source)
    if not path.is_file():
        raise ValueError(f"{source}: no such file")
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise ValueError(f"{source}: must end in .csv or .parquet, or be a database's address")
    try:
        return pd.read_csv(path) if path.suffix.lower() == ".csv" else pd.read_parquet(path)
    except ImportError as error:
        raise ValueError(_install(source, "pyarrow")) from error
    except pd.errors.EmptyDataError as error:
        raise ValueError(f"{source}: is empty; its first row names the columns") from error
    except (ValueError, OSError) as error:
        raise ValueError(f"{source}: cannot be read: {_first_line(error)}") from error


def name_of(source: str) -> str:
    """What a reader may see of a source: the file's name, or the kind of database.

    An address may hold a password, and a folder is one machine's.
    """
    if DATABASE in source:
        return f"{source.partition(DATABASE)[0].partition('+')[0]} query"
    return Path(source).name


def _queried(address: str, query: str) -> pd.DataFrame:
    try:
        import sqlalchemy
    except ImportError as error:
        raise ValueError(_install(name_of(address), "sqlalchemy")) from error
    try:
        engine = sqlalchemy.create_engine(address)
        try:
            with engine.connect() as connection:
                found = connection.execute(sqlalchemy.text(query))
                return pd.DataFrame(found.all(), columns=list(found.keys()))
        finally:
            engine.dispose()
    except (sqlalchemy.exc.SQLAlchemyError, ModuleNotFoundError) as error:
        reason = _first_line(getattr(error, "orig", None) or error)
        raise ValueError(f"{name_of(address)}: {reason}") from error


def _install(what: str, package: str) -> str:
    extra = PACKAGES[package]
    return (
        f"{what}: the package {package} is needed and not installed; install it, or tandem with its "
        f"extra [{extra}]"
    )


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
