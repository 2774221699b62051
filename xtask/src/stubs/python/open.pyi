
def open(
    url: str,
    *,
    root_key: str | None,
    retired_root_keys: Sequence[str] | None,
    brand: BrandInput | None,
    policy: PolicyInput | None,
    hashing: Hashing | None,
    clock: ManualClock | Callable[[], datetime] | None,
    logger: Callable[[LogRecord], object] | None,
) -> Handfast:
    """Opens the library: what `handfast.open` calls."""
