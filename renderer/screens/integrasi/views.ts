import type { integrationId } from "../../i18n/integration-id.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import type { View } from "../../parts/views/screen-views.tsx";
import type { ViewProps } from "./view-props.ts";

export const VIEWS: readonly View<
	keyof typeof integrationId.view,
	ViewProps
>[] = [
	{ key: "kelengkapan", Part: fetched(() => import("./matrix-view.tsx")) },
	{ key: "konflik", Part: fetched(() => import("./conflict-view.tsx")) },
	{ key: "tabel", Part: fetched(() => import("./table-view.tsx")) },
	{ key: "karantina", Part: fetched(() => import("./quarantine-view.tsx")) },
	{ key: "sumber", Part: fetched(() => import("./score-view.tsx")) },
];
