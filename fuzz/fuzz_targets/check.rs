//! What must hold for every article.

use kanbao::article::Article;
use kanbao::format::ReadError;

pub fn check(read: &Result<Article, ReadError>) {
    let Ok(article) = read else {
        return;
    };
    let whole = article.text.whole();
    let blocks = article.text.blocks().iter().map(|block| block.span);
    let mentions = article.annotations.mentions().iter();
    for span in blocks.chain(mentions.flat_map(|m| m.spans().iter().copied())) {
        assert!(whole.get(span.range()).is_some_and(|part| !part.is_empty()));
    }
}
