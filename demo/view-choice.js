/**
 * Lets a person choose how the pane shows the conversation. The address keeps it, so that a reload
 * shows the same, and `?view=native` begins with it.
 */
export const viewChoice = (pane, select) => {
  const address = new URL(location.href);
  const asked = address.searchParams.get('view');
  if ([...select.options].some(({value}) => value === asked)) select.value = asked;
  const show = () => pane.setAttribute('view', select.value);
  select.addEventListener('change', () => {
    address.searchParams.set('view', select.value);
    history.replaceState(null, '', address);
    show();
  });
  show();
};
