import { handlingAlert, savingAlertRule } from "./alerts.ts";
import { changingItem, restoringItem } from "./change-item.ts";
import {
	acceptingStock,
	refusingStock,
	reopeningStock,
} from "./decide-stock.ts";
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
import {
	approvingRelease,
	discardingRelease,
	withdrawingRelease,
} from "./releases.ts";
import { savingMapping } from "./save-mapping.ts";
import { takingInTable } from "./take-in-table.ts";
import { restoring, withdrawing } from "./withdraw-file.ts";

/** Every command that the hub carries out. */
export const PERFORMERS: readonly Performer[] = [
	approving,
	approvingRelease,
	cancelling,
	closing,
	discardingRelease,
	drafting,
	handlingAlert,
	savingAlertRule,
	acceptingStock,
	changingItem,
	naming,
	overriding,
	receiving,
	sending,
	takingBack,
	refusingStock,
	reopeningStock,
	restoring,
	restoringItem,
	savingMapping,
	takingInTable,
	withdrawing,
	withdrawingRelease,
];
