type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * Type-checks only if the value's type is just `Wanted`, neither wider nor narrower:
 * `exactly<string>()(detail.uuid)`. Nothing here is ever run.
 */
export declare const exactly: <Wanted>() => <Found>(
  value: Found,
  ..._other: Same<Wanted, Found> extends true ? [] : [wanted: Wanted]
) => void;
