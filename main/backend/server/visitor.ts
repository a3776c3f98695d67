import type { HttpBindings } from "@hono/node-server";
import type { PairedDevice } from "../../../core/api/devices.ts";

/** Who came in by which door: a window of this workstation, or a device of the network. */
export type Visitor =
	| { readonly kind: "window"; readonly session: string }
	| { readonly kind: "device"; readonly device: PairedDevice };

/** What the doors tell the routes. */
export interface Visit {
	Bindings: HttpBindings;
	Variables: { visitor: Visitor };
}

/** By which a visitor's windows are known, to be told something. */
export function sessionOf(visitor: Visitor): string {
	return visitor.kind === "window"
		? visitor.session
		: deviceSession(visitor.device.id);
}

/** No session of a window begins like this: those have 43 signs and no colon. */
export function deviceSession(id: string): string {
	return `device:${id}`;
}
