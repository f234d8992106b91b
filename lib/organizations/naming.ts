/** A person's name where none was given: "ada.lovelace@example.com" → "Ada Lovelace". */
export function nameFromEmail(email: string): string {
  const [local = email] = email.split('@');
  const words = (local.split('+')[0] ?? local).split(/[._-]+/).filter(Boolean);
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ') || local;
}

/** What a person's organization is called until it is renamed: "Ada's team". */
export function teamNameOf(personName: string): string {
  const [first = personName] = personName.split(/\s+/);
  return `${first}’s team`;
}
