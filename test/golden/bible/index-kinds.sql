-- Composite index: equality first, then range
CREATE INDEX idx_posts_author_created
  ON posts (author_id, created_at DESC)
  WHERE deleted_at IS NULL;

-- GIN index for JSONB queries
CREATE INDEX idx_posts_metadata ON posts USING GIN (metadata);

-- Covering index (index-only scan)
CREATE INDEX idx_posts_list ON posts (status, created_at DESC)
  INCLUDE (id, title, author_id)
  WHERE deleted_at IS NULL;
