type Told<Fact> = Extract<Fact, {readonly detail: unknown}>;

/** For each fact that has a detail, the class of the event that tells of it. */
type EventClasses<Fact extends {readonly type: string}> = {
  readonly [Type in Told<Fact>['type']]: new (
    detail: Extract<Told<Fact>, {readonly type: Type}>['detail'],
  ) => Event;
};

/** Makes a function that turns a session's facts into DOM events. */
export const factEvents =
  <Fact extends {readonly type: string}>(classes: EventClasses<Fact>) =>
  (fact: Told<Fact>): Event => {
    const {type, detail} = fact as {type: Told<Fact>['type']; detail: unknown};
    return new (classes[type] as new (detail: unknown) => Event)(detail);
  };
