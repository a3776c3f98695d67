import type { ReactNode } from "react";
import type { integrationId } from "../../i18n/integration-id.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import type { ViewProps } from "./view-props.ts";

/** A part of the desk, as its choice and its address (`view=`) know it. */
export interface View {
	readonly key: keyof typeof integrationId.view;
	readonly Part: (props: ViewProps & { waiting: ReactNode }) => ReactNode;
}

export const VIEWS: readonly View[] = [
	{ key: "kelengkapan", Part: fetched(() => import("./matrix-view.tsx")) },
	{ key: "konflik", Part: fetched(() => import("./conflict-view.tsx")) },
	{ key: "tabel", Part: fetched(() => import("./table-view.tsx")) },
	{ key: "karantina", Part: fetched(() => import("./quarantine-view.tsx")) },
	{ key: "sumber", Part: fetched(() => import("./score-view.tsx")) },
];
