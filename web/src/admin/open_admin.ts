/** Whom the admin page asks. */
import { mockQuery } from "../entry/lobby";
import type { Admin } from "./api";
import { HttpAdmin } from "./client";

const MOCK = import.meta.env.MODE !== "production" || import.meta.env.VITE_MOCK === "1";

/** The server, or a made-up one; `token` is an administrator's. */
export async function openAdmin(token: string): Promise<Admin> {
  return MOCK && mockQuery ? new (await import("./mock")).MockAdmin(token) : new HttpAdmin(token);
}
