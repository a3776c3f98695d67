import { MonitorX } from "lucide-react";
import { WallWindows } from "../../../core/api/show.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAnswer } from "../../state/answers.ts";
import styles from "./desk.module.css";

/** The windows that show a wall now; one that draws no more is called out. */
export function WallWindowList() {
	const { t, format } = useLanguage();
	const { data } = useAnswer(WallWindows, {});
	if (!data || data.length === 0) return null;
	const nameOf = ({ name }: { name: string }) => name || t("show.unnamedWall");
	return (
		<section className={styles.windows} data-testid="wall-windows">
			<b>{t("show.windows", { count: data.length })}</b>
			{data.map((one) =>
				one.frozen ? (
					<p
						key={one.window}
						role="alert"
						className={styles.frozen}
						data-testid="wall-frozen"
					>
						<MonitorX size="1.1em" aria-hidden />{" "}
						{t("show.frozen", {
							name: nameOf(one),
							time: format.time(one.drawnAt),
						})}
					</p>
				) : (
					<p key={one.window}>
						{t("show.window", {
							name: nameOf(one),
							width: one.width,
							height: one.height,
						})}
					</p>
				),
			)}
		</section>
	);
}
