"""Alembic's entry: runs inside the transaction that `store.migrating` opened."""

from __future__ import annotations

from alembic import context

from medbills_desktop.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
    include_object=lambda _object, name, kind, _reflected, _other: (
        not (kind == "table" and str(name).startswith("search"))
    ),
)
context.run_migrations()
