import { Drawer } from "@mantine/core";
import { useLanguage } from "../../i18n/use-language.ts";
import styles from "./formula.module.css";

/** A figure: what it comes to, from what in names and in numbers, and what else must be known of it. */
export interface OriginOf {
	readonly key: string;
	readonly name: string;
	readonly result: string;
	/** "menunggu ÷ mampu per hari" */
	readonly named: string;
	/** "120 ÷ 40"; null: it is stated as it is. */
	readonly filled: string | null;
	readonly notes?: readonly string[];
}

/** "Dari mana angka ini?" of figures that are told beside what they are made of. */
export function OriginDrawer({
	about,
	figures,
	notes,
	close,
}: {
	/** Whose figures, of which day; null: nobody asked. */
	about: string | null;
	figures: readonly OriginOf[];
	notes: readonly string[];
	close: () => void;
}) {
	const { t } = useLanguage();
	return (
		<Drawer
			opened={about !== null}
			onClose={close}
			position="right"
			size="40rem"
			padding="md"
			closeButtonProps={{ "aria-label": t("app.close") }}
			overlayProps={{ backgroundOpacity: 0.45 }}
			transitionProps={{ duration: 0 }}
			title={
				<span className={styles.title}>
					<b>{t("explain.title")}</b>
					<small>{about}</small>
				</span>
			}
			data-testid="origin"
		>
			{figures.map(({ key, name, result, named, filled, notes: of = [] }) => (
				<section key={key} className={styles.formula} data-formula={key}>
					<h3>
						{name}: <output>{result}</output>
					</h3>
					<p>{named}</p>
					{filled !== null && <p className={styles.filled}>= {filled}</p>}
					{of.map((note) => (
						<small key={note}>{note}</small>
					))}
				</section>
			))}
			{notes.map((note) => (
				<p key={note} className="muted">
					{note}
				</p>
			))}
		</Drawer>
	);
}
