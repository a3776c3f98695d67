import { TriangleAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import type { State } from "../../../core/api/state.ts";
import type { Show } from "../../../core/wall/show.ts";
import type { Beat } from "../../../core/wall/wall-windows.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAreas } from "../../state/area-index.ts";
import { useConnection } from "../../state/connection.ts";
import styles from "./wall.module.css";

/** Why what a wall shows may be no longer so. */
export interface Trouble {
	readonly kind: NonNullable<Beat["trouble"]>;
	readonly text: string;
}

/**
 * What is wrong; null: nothing.
 * @param silentSince when the backend was last heard, where it is no more
 * @param late the scene that should be seen by now and is not ready, by name; null: none
 */
export function useTrouble(
	silentSince: number | null,
	late: string | null,
): Trouble | null {
	const { t, format } = useLanguage();
	const sync = useConnection(({ state }) => state?.sync);
	if (silentSince !== null)
		return {
			kind: "lost",
			text: t("walls.lost", { time: format.time(silentSince) }),
		};
	if (late !== null)
		return { kind: "late", text: t("walls.late", { scene: late }) };
	if (sync?.kind === "offline")
		return {
			kind: "offline",
			text: t("walls.offline", { time: format.time(sync.since) }),
		};
	return sync?.kind === "error"
		? {
				kind: "sync-error",
				text: t("walls.syncError", { time: format.time(sync.since) }),
			}
		: null;
}

export function TroubleNotice({ kind, text }: Trouble) {
	const isQuiet = kind === "offline" || kind === "late";
	return (
		<strong
			role="alert"
			className={styles.trouble}
			data-lost={!isQuiet || undefined}
			data-testid="wall-trouble"
		>
			{isQuiet ? (
				<TriangleAlert size="1.1em" aria-hidden />
			) : (
				<Unplug size="1.1em" aria-hidden />
			)}
			{text}
		</strong>
	);
}

/** What is shown and what follows, of which publication it is, and whether anybody answers. */
export function Strip({
	name,
	next,
	show,
	pulse,
	now,
	trouble,
	dataset,
}: {
	name: string;
	next: string | null;
	show: Show;
	pulse: ReactNode;
	now: number;
	trouble: Trouble | null;
	dataset: NonNullable<State["dataset"]>;
}) {
	const { t, format } = useLanguage();
	const { upper } = useAreas();
	const pointed = show.point !== null && upper?.byCode(show.point);
	return (
		<footer className={styles.strip} data-testid="wall-strip">
			{pulse}
			<b>{name}</b>
			{show.black && <span>{t("show.isBlack")}</span>}
			{show.point !== null && (
				<b className={styles.pointed} data-testid="wall-pointed">
					{t("show.pointed", { area: pointed ? pointed.name : show.point })}
				</b>
			)}
			{next !== null && next !== name && (
				<span className={styles.next}>{t("walls.next", { name: next })}</span>
			)}
			<span className={styles.push} />
			{trouble ? (
				<TroubleNotice {...trouble} />
			) : (
				<span>
					{t("walls.published", {
						seq: format.number(dataset.seq),
						time: format.time(dataset.committedAt),
					})}
				</span>
			)}
			<span className={styles.now}>{format.time(now)}</span>
		</footer>
	);
}
