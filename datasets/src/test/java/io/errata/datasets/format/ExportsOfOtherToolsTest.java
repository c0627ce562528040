package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layouts that other tools write, each with one cell on one image, as the table in docs/formats.md has them. */
class ExportsOfOtherToolsTest {

    private static final int WIDTH = 100;
    private static final int HEIGHT = 80;
    private static final Box CELL = new Box(10, 20, 30, 60);
    private static final String ROW = "0 0.2 0.5 0.2 0.5\n";
    private static final String BNDBOX =
            "<bndbox><xmin>10</xmin><xmax>30</xmax><ymin>20</ymin><ymax>60</ymax></bndbox>";

    @TempDir
    Path folder;

    /** What a tool writes, and how it is named; files whose names are those of images are drawn. */
    private record Export(String tool, String spec, String image, Map<String, String> files) {

        static Export of(String tool, String spec, String image) {
            return new Export(tool, spec, image, new LinkedHashMap<>());
        }

        Export with(String file, String text) {
            files.put(file, text);
            return this;
        }

        Export withImage(String file) {
            return with(file, "");
        }

        @Override
        public String toString() {
            return tool;
        }
    }

    static Stream<Export> exports() {
        return Stream.of(
                        roboflow(),
                        cvat(),
                        labelStudio(),
                        desktopTools(),
                        services(),
                        darknet(),
                        ultralytics(),
                        tables())
                .flatMap(exports -> exports);
    }

    @ParameterizedTest
    @MethodSource("exports")
    void isReadAsItIs(Export export) throws IOException {
        write(export);

        Reading reading = read(export);

        assertThat(reading.orThrow().images()).extracting(AnnotatedImage::name).containsExactly(export.image);
        assertThat(reading.dataset().classes()).containsExactly("cell");
        AnnotatedImage image = reading.dataset().images().get(0);
        assertThat(image.objects()).hasSize(1);
        GroundTruth object = image.objects().get(0);
        assertThat(object.label()).isEqualTo("cell");
        assertThat(object.ignored()).isFalse();
        assertThat(object.box().x1()).isEqualTo(CELL.x1(), within(1e-4));
        assertThat(object.box().y1()).isEqualTo(CELL.y1(), within(1e-4));
        assertThat(object.box().x2()).isEqualTo(CELL.x2(), within(1e-4));
        assertThat(object.box().y2()).isEqualTo(CELL.y2(), within(1e-4));
    }

    static Stream<Export> refused() {
        return Stream.of(
                Export.of("Label Studio CSV", "csv:project.csv", "missing-key")
                        .with(
                                "project.csv",
                                "annotation_id,annotator,created_at,id,image,label,lead_time,updated_at\n1,1,x,1,"
                                        + "/data/upload/a.jpg,\"[{\"\"x\"\": 10, \"\"rectanglelabels\"\": [\"\"cell\"\"]}]\",3,x\n"),
                Export.of("Label Studio JSON", "coco:project.json", "missing-key")
                        .with("project.json", "[{\"id\": 1, \"annotations\": [], \"data\": {\"image\": \"a.jpg\"}}]"),
                Export.of("Labelbox NDJSON", "coco:export.ndjson", "missing-key missing-key missing-key broken-json")
                        .with("export.ndjson", "{\"data_row\": {\"id\": \"x\"}}\n{\"data_row\": {\"id\": \"y\"}}\n"),
                Export.of("Supervisely's own JSON", "labelme:.", "not-an-annotation")
                        .with("img/a.jpg", "")
                        .with(
                                "ann/a.jpg.json",
                                "{\"description\": \"\", \"tags\": [], \"size\": {\"height\": 80, \"width\": 100},"
                                        + " \"objects\": [{\"classTitle\": \"cell\"}]}"),
                Export.of("VIA CSV", "csv:via.csv", "missing-key")
                        .with(
                                "via.csv",
                                "filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,"
                                        + "region_attributes\na.jpg,1,{},1,0,{},{}\n"),
                Export.of("CVAT for video 1.1", "cvat:annotations.xml", "not-an-annotation")
                        .with("annotations.xml", "<annotations><track id='0' label='cell'/></annotations>"),
                Export.of("RetinaNet CSV", "csv:train.csv", "missing-key")
                        .with("train.csv", "a.jpg,10,20,30,60,cell\n"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithWhatToDo(Export export) throws IOException {
        write(export);

        Reading reading = read(export);

        assertThat(String.join(" ", Samples.kinds(reading))).isEqualTo(export.image);
        assertThat(reading.dataset().images()).isEmpty();
    }

    private static Stream<Export> roboflow() {
        String yaml = """
                train: ../train/images
                val: ../valid/images
                test: ../test/images

                nc: 1
                names: ['cell']

                roboflow:
                  workspace: w
                  license: CC BY 4.0
                """;
        return Stream.of(
                Export.of("Roboflow COCO", "coco:train/_annotations.coco.json", "a_jpg.rf.0f3e.jpg")
                        .with(
                                "train/_annotations.coco.json",
                                coco("a_jpg.rf.0f3e.jpg")
                                        .replace(
                                                "[{\"id\": 1, \"name\": \"cell\"}]",
                                                "[{\"id\": 0, \"name\": \"cells\", \"supercategory\": \"none\"},"
                                                        + " {\"id\": 1, \"name\": \"cell\", \"supercategory\": \"cells\"}]"))
                        .withImage("train/a_jpg.rf.0f3e.jpg"),
                Export.of("Roboflow YOLO", "yolo:data.yaml:train", "train/images/a_jpg.rf.0f3e.jpg")
                        .with("data.yaml", yaml)
                        .with("train/labels/a_jpg.rf.0f3e.txt", ROW)
                        .withImage("train/images/a_jpg.rf.0f3e.jpg"),
                Export.of("Roboflow VOC", "voc:.:train", "train/a_jpg.rf.0f3e.jpg")
                        .with(
                                "train/a_jpg.rf.0f3e.xml",
                                "<annotation>\n<folder></folder>\n<filename>a_jpg.rf.0f3e.jpg</filename>\n"
                                        + "<path>a_jpg.rf.0f3e.jpg</path>\n<source><database>roboflow.com</database></source>\n"
                                        + size() + object(BNDBOX) + "</annotation>\n")
                        .withImage("train/a_jpg.rf.0f3e.jpg"),
                Export.of("Roboflow TensorFlow CSV", "csv:train/_annotations.csv", "a_jpg.rf.0f3e.jpg")
                        .with(
                                "train/_annotations.csv",
                                "filename,width,height,class,xmin,ymin,xmax,ymax\na_jpg.rf.0f3e.jpg,100,80,cell,10,20,30,60\n")
                        .withImage("train/a_jpg.rf.0f3e.jpg"));
    }

    private static Stream<Export> cvat() {
        return Stream.of(
                Export.of("CVAT for images 1.1", "cvat:annotations.xml", "a.jpg")
                        .with(
                                "annotations.xml",
                                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations><version>1.1</version><meta><task>"
                                        + "<labels><label><name>cell</name><type>any</type></label></labels></task></meta>"
                                        + "<image id=\"0\" name=\"a.jpg\" width=\"100\" height=\"80\"><box label=\"cell\""
                                        + " source=\"manual\" occluded=\"0\" xtl=\"10\" ytl=\"20\" xbr=\"30\" ybr=\"60\""
                                        + " z_order=\"0\"></box></image></annotations>")
                        .withImage("images/a.jpg"),
                Export.of("CVAT COCO", "coco:annotations/instances_default.json:images/default", "a.jpg")
                        .with("annotations/instances_default.json", coco("a.jpg"))
                        .withImage("images/default/a.jpg"),
                Export.of("CVAT VOC", "voc:.", "JPEGImages/day1/a.jpg")
                        .with("labelmap.txt", "# label:color_rgb:parts:actions\nbackground:0,0,0::\ncell:250,50,83::\n")
                        .with("ImageSets/Main/default.txt", "day1/a\n")
                        .with(
                                "Annotations/day1/a.xml",
                                "<annotation><folder></folder><filename>day1/a.jpg</filename>" + size() + object(BNDBOX)
                                        + "</annotation>")
                        .withImage("JPEGImages/day1/a.jpg")
                        .withImage("SegmentationClass/day1/a.png"),
                Export.of("CVAT YOLO 1.1", "yolo:obj.data", "obj_train_data/a.jpg")
                        .with(
                                "obj.data",
                                "classes = 1\ntrain = data/train.txt\nnames = data/obj.names\nbackup = backup/\n")
                        .with("obj.names", "cell\n")
                        .with("train.txt", "data/obj_train_data/a.jpg\n")
                        .with("obj_train_data/a.txt", ROW)
                        .withImage("obj_train_data/a.jpg"),
                Export.of("CVAT Ultralytics YOLO", "yolo:data.yaml", "images/train/a.jpg")
                        .with("data.yaml", "names:\n  0: cell\npath: .\ntrain: train.txt\n")
                        .with("train.txt", "data/images/train/a.jpg\n")
                        .with("labels/train/a.txt", ROW)
                        .withImage("images/train/a.jpg"));
    }

    private static Stream<Export> labelStudio() {
        return Stream.of(
                Export.of("Label Studio COCO", "coco:result.json", "images/0f3e-a.jpg")
                        .with("result.json", coco("images/0f3e-a.jpg"))
                        .withImage("images/0f3e-a.jpg"),
                Export.of("Label Studio COCO of Windows", "coco:result.json", "images/0f3e-a.jpg")
                        .with("result.json", coco("images\\\\0f3e-a.jpg"))
                        .withImage("images/0f3e-a.jpg"),
                Export.of("Label Studio YOLO", "yolo:classes.txt", "images/0f3e-a.jpg")
                        .with("classes.txt", "cell\n")
                        .with("notes.json", "{\"categories\": [{\"id\": 0, \"name\": \"cell\"}]}")
                        .with("labels/0f3e-a.txt", ROW)
                        .withImage("images/0f3e-a.jpg"),
                Export.of("Label Studio VOC", "voc:.", "images/0f3e-a.jpg")
                        .with(
                                "Annotations/0f3e-a.xml",
                                "<annotation><folder>images</folder><filename>0f3e-a</filename><source>"
                                        + "<database>MyDatabase</database></source>" + size() + object(BNDBOX)
                                        + "</annotation>")
                        .withImage("images/0f3e-a.jpg"));
    }

    private static Stream<Export> desktopTools() {
        String robndbox =
                "<type>robndbox</type><robndbox><cx>20</cx><cy>40</cy><w>20</w><h>40</h><angle>0.0</angle></robndbox>";
        return Stream.of(
                Export.of("labelImg VOC", "voc:.", "a.jpg")
                        .with(
                                "a.xml",
                                "<annotation verified=\"yes\"><folder>photos</folder><filename>a.jpg</filename>"
                                        + "<path>C:\\Users\\x\\photos\\a.jpg</path>" + size() + object(BNDBOX)
                                        + "</annotation>")
                        .withImage("a.jpg"),
                Export.of("labelImg YOLO", "yolo:classes.txt", "a.jpg")
                        .with("classes.txt", "cell\n")
                        .with("a.txt", ROW)
                        .withImage("a.jpg"),
                Export.of("roLabelImg", "voc:.", "a.jpg")
                        .with(
                                "a.xml",
                                "<annotation verified=\"no\"><folder>photos</folder><filename>a</filename>"
                                        + "<path>/home/x/photos/a.jpg</path>" + size() + object(robndbox)
                                        + "</annotation>")
                        .withImage("a.jpg"),
                Export.of("LabelMe", "labelme:.", "a.jpg")
                        .with(
                                "a.json",
                                "{\"version\": \"5.4.1\", \"flags\": {}, \"shapes\": [{\"label\": \"cell\", \"points\":"
                                        + " [[30.0, 60.0], [10.0, 20.0]], \"group_id\": null, \"description\": \"\","
                                        + " \"shape_type\": \"rectangle\", \"flags\": {}, \"mask\": null}], \"imagePath\":"
                                        + " \"a.jpg\", \"imageData\": null, \"imageHeight\": 80, \"imageWidth\": 100}")
                        .withImage("a.jpg"),
                Export.of("LabelMe XML", "voc:.", "Images/day1/a.jpg")
                        .with(
                                "Annotations/day1/a.xml",
                                "<annotation><filename>a.jpg</filename><folder>day1</folder><object><name>cell\n</name>"
                                        + "<deleted>0</deleted><verified>0</verified><polygon><username>x</username>"
                                        + "<pt><x>10</x><y>20</y></pt><pt><x>30</x><y>20</y></pt><pt><x>30</x><y>60</y></pt>"
                                        + "<pt><x>10</x><y>60</y></pt></polygon></object><object><name>cell</name>"
                                        + "<deleted>1</deleted></object></annotation>")
                        .withImage("Images/day1/a.jpg"),
                Export.of("dlib's imglab", "dlib:training.xml", "a.jpg")
                        .with(
                                "training.xml",
                                "<dataset><name>x</name><images><image file='a.jpg' width='100' height='80'><box top='20'"
                                        + " left='10' width='20' height='40'><label>cell</label><part name='0' x='11'"
                                        + " y='21'/></box></image></images></dataset>")
                        .withImage("a.jpg"));
    }

    private static Stream<Export> services() {
        return Stream.of(
                Export.of("Labelbox COCO", "coco:export.json:photos", "a.jpg")
                        .with("export.json", coco("a.jpg"))
                        .withImage("photos/a.jpg"),
                Export.of("Supervisely COCO", "coco:dataset/annotations/instances.json", "a.jpg")
                        .with("dataset/annotations/instances.json", coco("a.jpg"))
                        .withImage("dataset/images/a.jpg"),
                Export.of("Supervisely VOC", "voc:.", "JPEGImages/a.jpg")
                        .with("ImageSets/Main/train.txt", "a\n")
                        .with(
                                "Annotations/a.xml",
                                "<annotation><folder>VOC</folder><filename>a.jpg</filename>" + size() + object(BNDBOX)
                                        + "</annotation>")
                        .withImage("JPEGImages/a.jpg")
                        .withImage("SegmentationClass/a.png")
                        .withImage("SegmentationObject/a.png"));
    }

    private static Stream<Export> darknet() {
        return Stream.of(Export.of("Darknet", "yolo:data/obj.data", "obj/a.jpg")
                .with(
                        "data/obj.data",
                        "classes= 1\ntrain  = data/train.txt\nnames = data/obj.names\nbackup = backup/\n")
                .with("data/obj.names", "cell\n")
                .with("data/train.txt", "data/obj/a.jpg\n")
                .with("data/obj/a.txt", ROW)
                .withImage("data/obj/a.jpg"));
    }

    private static Stream<Export> ultralytics() {
        String yaml = "path: .\ntrain: images/train\nnames:\n  0: cell\n";
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("detect", ROW);
        rows.put("segment", "0 0.1 0.25 0.3 0.25 0.3 0.75 0.1 0.75\n");
        rows.put("obb", "0 0.1 0.25 0.3 0.25 0.3 0.75 0.1 0.75\n");
        rows.put("pose", "0 0.2 0.5 0.2 0.5 0.9 0.9 2 0.8 0.8 1\n");
        return rows.entrySet().stream()
                .map(row -> Export.of("Ultralytics " + row.getKey(), "yolo:data.yaml", "images/train/a.jpg")
                        .with("data.yaml", yaml + (row.getKey().equals("pose") ? "kpt_shape: [2, 3]\n" : ""))
                        .with("labels/train/a.txt", row.getValue())
                        .withImage("images/train/a.jpg"));
    }

    private static Stream<Export> tables() {
        return Stream.of(
                Export.of("Open Images", "csv:train-annotations-bbox.csv:train", "0f3e.jpg")
                        .with(
                                "train-annotations-bbox.csv",
                                "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,"
                                        + "IsDepiction,IsInside\n0f3e,xclick,cell,1,0.1,0.3,0.25,0.75,0,0,0,0,0\n")
                        .withImage("train/0f3e.jpg"),
                Export.of("Make Sense CSV", "csv:labels.csv", "a.jpg")
                        .with("labels.csv", """
                                label_name,bbox_x,bbox_y,bbox_width,bbox_height,image_name,image_width,image_height
                                cell,10,20,20,40,a.jpg,100,80
                                """)
                        .withImage("images/a.jpg"));
    }

    private static String coco(String fileName) {
        return "{\"info\": {}, \"licenses\": [], \"images\": [{\"id\": 1, \"license\": 0, \"file_name\": \"" + fileName
                + "\", \"width\": 100, \"height\": 80}], \"categories\": [{\"id\": 1, \"name\": \"cell\"}],"
                + " \"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [10.0, 20.0, 20.0, 40.0],"
                + " \"area\": 800.0, \"segmentation\": [], \"iscrowd\": 0}]}";
    }

    private static String size() {
        return "<size><width>" + WIDTH + "</width><height>" + HEIGHT + "</height><depth>3</depth></size>";
    }

    private static String object(String shape) {
        return "<object><name>cell</name><pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult>"
                + shape + "</object>";
    }

    private void write(Export export) throws IOException {
        for (Map.Entry<String, String> file : export.files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (ImageFile.isImageName(file.getKey())) {
                Samples.image(path, WIDTH, HEIGHT);
            } else {
                Samples.text(path, file.getValue());
            }
        }
    }

    /** The paths of the specification are below the folder. */
    private Reading read(Export export) {
        String[] parts = export.spec.split(":", -1);
        boolean images = parts.length == 3 && !parts[0].equals("voc") && !parts[0].equals("yolo");
        String part = parts.length < 3 ? "" : ":" + (images ? folder.resolve(parts[2]) : parts[2]);
        return DatasetSpec.parse(parts[0] + ":" + folder.resolve(parts[1]).normalize() + part)
                .read();
    }
}
