    def close(self) -> None:
        """
        Ends it: calls that are under way finish, later ones are refused with `closed`. Closing twice does nothing.
        """
    def copy_to(
        self,
        url: str | PathLike[str],
        *,
        live: bool = False,
        progress: Callable[[int, int], object] | None = None,
    ) -> Copied:
        """
        Copies all that the library holds to another database: a file, or `postgres://user@host/shop`. It must be empty
        or an earlier copy, of which what differs is written, so a copy that was cut short is called again. The library
        may be used meanwhile, the other database by nobody.

        With `live`, while others write, nothing is verified. Once they have stopped, call it again without: both
        databases are compared in the end, row by row. Open the copy with the same root key: it is in neither database.

        `progress` hears how many rows are done, of how many; until the verification begins, of as many as were read.

        Raises `InvalidError` (`not_a_database`), `ConflictError` (`not_a_copy`, `copy_differs`), `UnavailableError`.
        """
    def _provoke_panic(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> None: ...
