import { Button, Modal } from "@mantine/core";
import { useLanguage } from "../i18n/use-language.ts";
import { answerLeaving, useDrafts } from "../state/drafts.ts";

/** Asks before what was typed and not sent is lost. */
export function LeaveDialog() {
	const { t } = useLanguage();
	const leaving = useDrafts((drafts) => drafts.leaving);
	const stay = () => answerLeaving("stay");
	return (
		<Modal
			opened={leaving !== null}
			onClose={stay}
			title={t("draft.title")}
			closeButtonProps={{ "aria-label": t("app.close") }}
			transitionProps={{ duration: 0 }}
			centered
			// Above every box that a form may stand in.
			zIndex={400}
		>
			<p>{t("draft.text")}</p>
			<div className="row-end">
				<Button data-autofocus data-testid="draft-stay" onClick={stay}>
					{t("draft.stay")}
				</Button>
				<Button
					color="red"
					variant="light"
					onClick={() => answerLeaving("go")}
					data-testid="draft-leave"
				>
					{t("draft.leave")}
				</Button>
			</div>
		</Modal>
	);
}
