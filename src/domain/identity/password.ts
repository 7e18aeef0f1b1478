const MIN_PASSWORD_CHARACTERS = 10

/**
 * Stems of the passwords that lead every published list of leaked ones, as far as they reach ten characters with the
 * digits and signs that people put around them (NIST SP 800-63B §5.1.1.2 asks for such a check).
 */
const WELL_KNOWN_STEMS = new Set([
  ...['password', 'passwort', 'passw0rd', 'p@ssword', 'p@ssw0rd', 'pa55word', 'mypassword', 'passwordpassword'],
  ...['qwerty', 'qwertyuiop', 'qwertyui', 'qwertz', 'qwertzuiop', 'azerty', 'azertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ...['1q2w3e4r', '1q2w3e4r5t', '1q2w3e4r5t6y', '1qaz2wsx', '1qaz2wsx3edc', 'q1w2e3r4', 'q1w2e3r4t5', 'qazwsxedc'],
  ...[
    'letmein',
    'welcome',
    'iloveyou',
    'admin',
    'administrator',
    'adminadmin',
    'root',
    'changeme',
    'secret',
    'default',
  ],
  ...['football', 'baseball', 'basketball', 'superman', 'batman', 'princess', 'sunshine', 'dragon', 'monkey', 'master'],
  ...['michael', 'jennifer', 'jordan', 'charlie', 'shadow', 'ashley', 'starwars', 'pokemon', 'liverpool', 'chocolate'],
  ...[
    'computer',
    'internet',
    'trustno1',
    'whatever',
    'freedom',
    'hello',
    'helloworld',
    'abc',
    'abcd',
    'test',
    'testtest',
  ],
  ...['correcthorsebatterystaple', 'thequickbrownfox', 'lapisspider', 'lapis', 'summer', 'winter', 'spring', 'autumn'],
])

const ROWS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
]

/** Why a password would be guessed soon, in words for the person who chose it; undefined when nothing speaks against it. */
export function passwordWeakness(password: string, email: string): string | undefined {
  if (Array.from(password).length < MIN_PASSWORD_CHARACTERS)
    return `It needs at least ${MIN_PASSWORD_CHARACTERS} characters.`
  const plain = password.toLowerCase()
  const [mailbox = ''] = email.toLowerCase().split('@')
  if (plain === email.toLowerCase() || stemOf(plain) === mailbox) return 'It is your e-mail address.'
  if (WELL_KNOWN_STEMS.has(plain) || WELL_KNOWN_STEMS.has(stemOf(plain)))
    return 'It is one of the passwords tried first.'
  if (new Set(plain).size <= 3) return 'It repeats the same few characters.'
  if (ROWS.some((row) => row.includes(plain) || reversed(row).includes(plain))) return 'It is a row of keys or digits.'
  return undefined
}

/** Without the digits and signs that are put around a word to please a rule. */
function stemOf(password: string): string {
  return password.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '')
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('')
}
