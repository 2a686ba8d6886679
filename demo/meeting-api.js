/** What a page asks the broker of meetings (docs/meetings.md). */
export const meetingApi = ({broker, accessToken}) => {
  const ask = async (method, path, body) => {
    const answer = await fetch(`${broker}/v1/meetings${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await accessToken()}`,
        ...(body && {'content-type': 'application/json'}),
      },
      ...(body && {body: JSON.stringify(body)}),
    });
    const text = await answer.text();
    const data = text ? JSON.parse(text) : {};
    if (!answer.ok) throw new Error(data.error?.message ?? `The broker answered ${answer.status}.`);
    return data;
  };
  return {
    create: (meeting) => ask('POST', '', meeting),
    look: (alias) => ask('GET', `/${encodeURIComponent(alias)}`),
    end: (alias) => ask('POST', `/${encodeURIComponent(alias)}/end`),
  };
};
