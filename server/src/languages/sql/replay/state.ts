// What has happened to a table, as one object: equal histories give the same one, so that they are compared at a glance.

/** The causes of a table's present shape, in order. */
export interface State {
  /** States that follow, by their last cause. Nothing is kept alive by it that isn't by its cause. */
  readonly next: WeakMap<object, State>;
}

const first: State = { next: new WeakMap() };

/** The state of a table that `cause` makes. */
export function begin(cause: object): State {
  return after(first, cause);
}

/** The state that `cause` leads to. */
export function after(state: State, cause: object): State {
  const known = state.next.get(cause);
  if (known) return known;
  const next: State = { next: new WeakMap() };
  state.next.set(cause, next);
  return next;
}
