/** Dials the chosen destination into the meeting and says how it went. */
export const dialBox = (room, form, hangUp, result) => {
  let call = new AbortController();

  const dial = async (destination) => {
    call = new AbortController();
    hangUp.disabled = false;
    result.textContent = `Ringing ${destination}…`;
    try {
      const request = {role: 'GUEST', destination, protocol: 'sip'};
      const {displayName = destination} = await room.dialOut(request, {
        signal: call.signal,
        timeout: 10_000,
      });
      result.textContent = `${displayName} has joined.`;
    } catch (error) {
      result.textContent = error.name === 'AbortError' ? 'You hung up.' : error.message;
    } finally {
      hangUp.disabled = true;
    }
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void dial(new FormData(form).get('destination'));
  });
  hangUp.addEventListener('click', () => call.abort());
  room.addEventListener('pexip-connected', () => (result.textContent = 'Ready to dial.'));
  room.addEventListener(
    'pexip-disconnected',
    () => (result.textContent = 'Join the meeting first.'),
  );
};
