/** What is opened now and then in a room: a file of its own, lest everybody who comes in wait for it. */
export { default as InviteDialog } from "./InviteDialog.svelte";
export { default as RoomSettings } from "./RoomSettings.svelte";
export { default as SendDialog } from "./SendDialog.svelte";
