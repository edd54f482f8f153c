/**
 * What screen readers say without being asked. Announcements are few: those that come close together are told as one, and
 * of many only how many there were.
 */
const GATHER = 700; // milliseconds in which polite ones are gathered
const FORGET = 4000; // milliseconds after which a text is taken away, so that nobody finds it when browsing
const AT_MOST = 3; // texts told in full at a time

const state = $state({ polite: "", assertive: "" });
let gathered: string[] = [];
let gathering: ReturnType<typeof setTimeout> | undefined;
let forgetting: ReturnType<typeof setTimeout> | undefined;

/** What the two live regions contain. */
export const announced: Readonly<typeof state> = state;

/** When there is a pause in what is said. `crowd` words the telling of more than a few. */
export function announce(text: string, crowd?: (count: number) => string): void {
  gathered.push(text);
  gathering ??= setTimeout(() => {
    gathering = undefined;
    const texts = gathered;
    gathered = [];
    state.polite = texts.length > AT_MOST && crowd ? crowd(texts.length) : texts.slice(-AT_MOST).join(". ");
    forgetLater();
  }, GATHER);
}

/** At once: a connection lost, a meeting ended. */
export function announceNow(text: string): void {
  state.assertive = text;
  forgetLater();
}

function forgetLater(): void {
  clearTimeout(forgetting);
  forgetting = setTimeout(() => {
    state.polite = "";
    state.assertive = "";
  }, FORGET);
}
