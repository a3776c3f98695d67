import { Loader } from "@mantine/core";
import { useLanguage } from "../i18n/use-language.ts";
import { useConnection } from "../state/connection.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { SyncDetail } from "./sync-indicator.tsx";

/** Until the first snapshot is there: what is happening, and how far it is. */
export function FirstStart() {
	const { t } = useLanguage();
	const { state, lostAt, forbidden } = useConnection();
	return (
		<main className="first-start" data-testid="first-start">
			<div className="first-start-card">
				<header>
					<img src="./icon.svg" alt="" />
					<h1>{t("app.name")}</h1>
					<LanguageSwitch />
				</header>
				<h2>
					{!forbidden && <Loader size="sm" />} {t("start.title")}
				</h2>
				{forbidden ? (
					<p role="alert">{t("start.forbidden")}</p>
				) : lostAt !== null ? (
					<p role="alert">{t("start.unreachable")}</p>
				) : state && state.sync.kind !== "idle" ? (
					<SyncDetail sync={state.sync} />
				) : (
					<p>{t("start.waiting")}</p>
				)}
				<p className="muted">{t("start.help")}</p>
			</div>
		</main>
	);
}
