import { Loader } from "@mantine/core";
import { useState } from "react";
import type { SyncState } from "../../core/api/state.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { useConnection } from "../state/connection.ts";
import { ChooseHub } from "./choose-hub.tsx";
import styles from "./first-start.module.css";
import { LanguageSwitch } from "./language-switch.tsx";
import { SyncDetail } from "./sync-indicator.tsx";

/** Until the first snapshot is there: what is happening, and how far it is. */
export function FirstStart() {
	const { t } = useLanguage();
	const { state, lostAt, forbidden, revoked } = useConnection();
	const failed = state?.sync.kind === "error" && lostAt === null;
	const noHub = state?.sync.kind === "none" && lostAt === null && !forbidden;
	return (
		<main className={styles.page} data-testid="first-start">
			<div className={styles.card}>
				<header>
					<img src="./icon.svg" alt="" />
					<h1>{t("app.name")}</h1>
					<LanguageSwitch />
				</header>
				<h2>
					{!forbidden && !noHub && !failed && <Loader size="sm" />}{" "}
					{t(
						revoked
							? "start.revokedTitle"
							: noHub
								? "chooseHub.title"
								: failed
									? "start.failedTitle"
									: "start.title",
					)}
				</h2>
				{revoked ? (
					<p role="alert" data-testid="revoked">
						{t("start.revoked")} <a href="/pair">{t("start.pairAgain")}</a>
					</p>
				) : forbidden ? (
					<p role="alert">{t("start.forbidden")}</p>
				) : lostAt !== null ? (
					<p role="alert">{t("start.unreachable")}</p>
				) : noHub ? (
					<ChooseHub />
				) : state && state.sync.kind !== "idle" ? (
					<div data-testid="preparing">
						<SyncDetail sync={state.sync} />
						{state.sync.kind === "receiving" && <Steps sync={state.sync} />}
					</div>
				) : (
					<p>{t("start.waiting")}</p>
				)}
				{!noHub && !revoked && <p className="muted">{t("start.help")}</p>}
			</div>
		</main>
	);
}

type Receiving = Extract<SyncState, { kind: "receiving" }>;

/** An exercise is made on this machine first; other data only comes. */
const MADE_HERE = [
	"exercise",
	"publishing",
	"snapshot",
	"installing",
] as const satisfies readonly Receiving["what"][];

/** What comes next, and how long the step under way may take. */
function Steps({ sync }: { sync: Receiving }) {
	const { t, format } = useLanguage();
	const [first, setFirst] = useState({ ...sync, at: Date.now() });
	// Each step goes at its own pace.
	if (first.what !== sync.what) setFirst({ ...sync, at: Date.now() });
	const gained = sync.done - first.done;
	const elapsed = Date.now() - first.at;
	const left =
		first.what === sync.what && gained > 0 && elapsed > SURE_AFTER
			? Math.ceil(((elapsed / gained) * (sync.total - sync.done)) / 1000)
			: null;
	const next = MADE_HERE.slice(
		(MADE_HERE as readonly string[]).indexOf(sync.what) + 1,
	);
	return (
		<>
			{left !== null && (
				<p>{t("start.left", { seconds: format.number(left) })}</p>
			)}
			{next.length > 0 && (
				<p className="muted">
					{t("start.next", {
						steps: next.map((step) => t(`sync.${step}`)).join(" → "),
					})}
				</p>
			)}
		</>
	);
}

/** Before that a pace is a guess (ms). */
const SURE_AFTER = 3_000;
