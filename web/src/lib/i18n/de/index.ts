/** Deutsch. */
import type { Translation } from "../i18n.svelte";
import { admin } from "./admin";
import { board } from "./board";
import { common } from "./common";
import { lobby } from "./lobby";
import { room } from "./room";

export const de: Translation = { ...common, ...lobby, ...room, ...board, ...admin };
