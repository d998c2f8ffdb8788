"""The language server: what editors ask, answered over stdin and stdout (LSP)."""


def start() -> None:
    """Serve one editor until it says `exit`."""
    from flatlint.server.features import new_server

    new_server().start_io()
