import type { epidemicId } from "../../i18n/epidemic-id.ts";
import { fetched } from "../../parts/ui/fetched.tsx";
import type { View } from "../../parts/views/screen-views.tsx";
import type { ViewProps } from "./view-props.ts";

/** All of them in order: one line each. Its name stands in both languages under epidemic.view. */
export const VIEWS: readonly View<keyof typeof epidemicId.view, ViewProps>[] = [
	{ key: "rt", Part: fetched(() => import("./reproduction-view.tsx")) },
	{ key: "terkini", Part: fetched(() => import("./nowcast-view.tsx")) },
	{ key: "proyeksi", Part: fetched(() => import("./projection-view.tsx")) },
	{ key: "peringatan", Part: fetched(() => import("./alerts-view.tsx")) },
];
