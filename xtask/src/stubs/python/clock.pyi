
@final
class ManualClock:
    """A clock that stands still until it is set: for tests."""

    def __new__(cls, at: datetime) -> Self: ...
    def now(self) -> datetime:
        """What it shows."""
    def set(self, at: datetime) -> None:
        """Sets it. A handle does not believe a clock that goes back."""
    def advance(self, by: timedelta) -> None:
        """Lets time pass."""
