import { Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useLanguage } from "../i18n/use-language.ts";
import { goTo } from "../navigation/use-address.ts";
import { useCurrentSettings } from "../state/settings.ts";
import styles from "./banner.module.css";

/** Says that a file of settings could not be read at this start, where it lies now and what to do. */
export function SettingsBanner() {
	const { t } = useLanguage();
	const { data } = useCurrentSettings();
	const [read, setRead] = useState(false);
	const news = data?.setAside.filter(({ now }) => now) ?? [];
	if (news.length === 0 || read) return null;
	return (
		<div
			className={styles.banner}
			data-kind="error"
			role="alert"
			data-testid="settings-banner"
		>
			<CircleAlert size="1.2em" aria-hidden />
			<div className={styles.detail}>
				{news.map(({ what, path, why }) => (
					<p key={path}>
						{t(`settings.aside.${why}`, {
							file: t(`settings.file.${what}`),
							path,
						})}
					</p>
				))}
			</div>
			<Button
				size="compact-sm"
				variant="white"
				color="dark"
				onClick={() => goTo("pengaturan")}
			>
				{t("settings.open")}
			</Button>
			<Button
				size="compact-sm"
				variant="white"
				color="dark"
				onClick={() => setRead(true)}
			>
				{t("app.close")}
			</Button>
		</div>
	);
}
