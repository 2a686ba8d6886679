/** The smallest step of the page's clock, in milliseconds. */
export const clockStep = (): number => {
  const steps = Array.from({length: 50}, () => {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    return now - start;
  });
  return Math.min(...steps);
};

const tell = (outcome: object): void =>
  void fetch('/outcome', {method: 'POST', body: JSON.stringify(outcome)});

/** Measures as the server of the page plans it, once all is loaded, and tells it the outcome. */
export const runPlan = <Plan>(measure: (plan: Plan) => Promise<object>): void => {
  addEventListener('error', ({message}) => tell({error: message}));
  const run = async (): Promise<object> => {
    const plan = (await (await fetch('/plan')).json()) as Plan;
    const outcome = await measure(plan);
    return {isolated: crossOriginIsolated, clockStep: clockStep(), ...outcome};
  };
  addEventListener('load', () => {
    run().then(tell, (error: unknown) => tell({error: String(error)}));
  });
};
