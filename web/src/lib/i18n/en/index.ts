/** English, the language that the others are measured by. */
import { admin } from "./admin";
import { board } from "./board";
import { common } from "./common";
import { lobby } from "./lobby";
import { room } from "./room";

export const en = { ...common, ...lobby, ...room, ...board, ...admin };
