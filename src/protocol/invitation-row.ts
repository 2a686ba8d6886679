/** What a row of an invitation shows. */
export interface InvitationRow {
  /** Address of the icon. */
  readonly icon: string;
  /** The link, in which all but `https://go.rocket.chat/conference?host=` and `&path=` is encoded. */
  readonly href: string;
  /** Shown behind `go.rocket.chat`. */
  readonly alias: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => ENTITIES[each] ?? '');

/**
 * The row for a table of joining instructions, byte for byte as "Enabling scheduled meetings" of Pexip's
 * document has it: also its `&path=`, which is no entity and stands there as it is, and the last cell.
 */
export const invitationRow = ({icon, href, alias}: InvitationRow): string => `<tr>
<td class="left-column">
<img src="${escaped(icon)}" width="42" height="42" alt="Rocket.Chat">
</td>
<td class="center-column">
<p>
<span class="pexip-heading">
From a Rocket.Chat client:
</span>
<br>
<a href="${escaped(href).replace('&amp;path=', '&path=')}">
<span class="pexip-info">
go.rocket.chat${escaped(alias)}
</span>
</a>
</p>
</td>
<td class="pexip-cell"/>
</tr>`;
