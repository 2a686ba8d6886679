import {imagePreview} from './image-preview.js';
import {imageSize} from './image-size.js';
import type {Markdown} from './markdown.js';
import type {FileReference} from './model.js';
import {type Upload, uploadPath} from './uploads.js';

const formatOf = (name: string): string => /\.(\w+)$/.exec(name)?.[1] ?? '';

/** What the real server tells of each kind of file, by the first part of its type. */
const detailsOf = ({type, size, name, content}: Upload, path: string): object => {
  const [group] = type.split('/');
  switch (group) {
    case 'image': {
      const dimensions = imageSize(content);
      return {
        image_url: path,
        image_type: type,
        image_size: size,
        ...(dimensions && {
          image_dimensions: dimensions,
          image_preview: imagePreview(content, dimensions),
        }),
      };
    }
    case 'audio':
    case 'video':
      return {[`${group}_url`]: path, [`${group}_type`]: type, [`${group}_size`]: size};
    default:
      return {format: formatOf(name), size};
  }
};

/** The attachment of a message that a file appears in, and what the message calls the file. */
export const attachmentOf = (
  upload: Upload,
  description: string | undefined,
  markdown: Markdown,
): {file: FileReference; attachment: object} => {
  const {_id, name, type, size} = upload;
  const path = uploadPath(upload);
  const {md} = markdown.of(description ?? '');
  return {
    file: {_id, name, type, size, format: formatOf(name)},
    attachment: {
      type: 'file',
      title: name,
      title_link: path,
      title_link_download: true,
      ...(description && {description}),
      ...(md && {descriptionMd: md}),
      ...detailsOf(upload, path),
    },
  };
};
