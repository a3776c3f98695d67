import { naming } from "./name-source.ts";
import {
	approving,
	cancelling,
	closing,
	drafting,
	receiving,
	sending,
	takingBack,
} from "./orders.ts";
import { overriding } from "./override-value.ts";
import type { Performer } from "./perform.ts";
import { restoring, withdrawing } from "./withdraw-file.ts";

/** Every command that the hub carries out. */
export const PERFORMERS: readonly Performer[] = [
	approving,
	cancelling,
	closing,
	drafting,
	naming,
	overriding,
	receiving,
	restoring,
	sending,
	takingBack,
	withdrawing,
];
